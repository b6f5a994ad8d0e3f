using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What an agency asks of a client: a message, platforms, a link. Keeps the rules of its own life; every change goes through
/// <see cref="RequestChanges"/>, which saves it, notes it and announces it.
/// </summary>
public sealed class OnboardingRequest : IAgencyOwned
{
    /// <summary>The most UTF-16 code units a message may have.</summary>
    public const int MessageMaxLength = Agency.MessageMaxLength;

    private readonly List<RequestedPlatform> _platforms = [];
    private readonly List<Recipient> _recipients = [];
    private readonly List<Participant> _participants = [];
    private readonly List<PlatformConnection> _connections = [];

    private OnboardingRequest()
    {
    }

    internal OnboardingRequest(RequestId id, AgencyCaller requester, NewRequest input, string? businessManagerName, DateTimeOffset now)
    {
        (Id, AgencyId, RequesterId, RequesterName) = (id, requester.Agency, requester.User, requester.Name);
        (Message, Language, RequestedAt, ActivityAt) = (input.Message.Trim(), input.Language, now, now);
        _platforms.AddRange(input.Platforms.Distinct().Select((key, position) => new RequestedPlatform(key, position)));
        if (input.BusinessManagerId is not null)
        {
            (FacebookUserId, BusinessManagerId, BusinessManagerName) = (input.FacebookUserId, input.BusinessManagerId, businessManagerName);
        }
    }

    /// <summary>The request's id; its order is the order of creation.</summary>
    public RequestId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Who saved it, and who is mailed about it.</summary>
    public AgencyUserId RequesterId { get; private set; }

    /// <summary>The requester's name when it was saved.</summary>
    public string RequesterName { get; private set; } = "";

    /// <summary>Markdown for the client; 1 to <see cref="MessageMaxLength"/> characters.</summary>
    public string Message { get; private set; } = "";

    /// <summary>
    /// The same for readers of German, where the message is the agency's default one as it stood then; null = everybody reads
    /// <see cref="Message"/>.
    /// </summary>
    public string? GermanMessage { get; private set; }

    /// <summary>Language of the client's pages and mails as the sender chose it; null = the browser's, for mails the agency's.</summary>
    public string? Language { get; private set; }

    /// <summary>
    /// The stored status. A <c>Pending</c> row past <see cref="ExpiresAt"/> counts as expired: see <see cref="StatusAt"/>.
    /// </summary>
    public RequestStatus Status { get; private set; } = RequestStatus.Draft;

    /// <summary>The agency's Facebook user that checks what was shared; null without Facebook.</summary>
    public AgencyFacebookUserId? FacebookUserId { get; private set; }

    /// <summary>The agency's Business Manager at Facebook that receives the assets; null without Facebook.</summary>
    public string? BusinessManagerId { get; private set; }

    /// <summary>Its name when the request was saved.</summary>
    public string? BusinessManagerName { get; private set; }

    /// <summary>
    /// SHA-256 of the token of the request's link, which belongs to nobody in particular: each <see cref="Recipient"/> has one of their
    /// own. Null before the link is out and after deletion.
    /// </summary>
    public byte[]? LinkTokenHash { get; private set; }

    /// <summary>The token, protected by Data Protection, so that the link can be copied again.</summary>
    public string? LinkTokenProtected { get; private set; }

    /// <summary>When it was saved, UTC.</summary>
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>When it was last mailed or its link first copied, UTC; null for a draft.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When the link dies, UTC; null for a draft.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When <c>Grant Permission Now</c> was first pressed, UTC.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>When the request was completed, UTC.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Who completed it.</summary>
    public ParticipantId? CompletedBy { get; private set; }

    /// <summary>Their name.</summary>
    public string? CompletedByName { get; private set; }

    /// <summary>When somebody last asked for a new link, UTC.</summary>
    public DateTimeOffset? NewLinkAskedAt { get; private set; }

    /// <summary>The first recipient's address; empty while there is none.</summary>
    public string FirstRecipient { get; private set; } = "";

    /// <summary>How many recipients there are.</summary>
    public int RecipientCount { get; private set; }

    /// <summary>The newest movement.</summary>
    public RequestActivity Activity { get; private set; } = RequestActivity.Created;

    /// <summary>When it was, UTC.</summary>
    public DateTimeOffset ActivityAt { get; private set; }

    /// <summary>The platform it concerned, if any.</summary>
    public PlatformKey? ActivityPlatform { get; private set; }

    /// <summary><see cref="AccountSummary"/> of each requested platform, as JSON.</summary>
    public string Accounts { get; private set; } = "[]";

    /// <summary>Whether something is wrong with an account or an asset: the red dot of the table.</summary>
    public bool HasProblem { get; private set; }

    /// <summary>The words that search finds the request by; see <see cref="RequestSearch"/>.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Rises with every save; a save on an old version is refused.</summary>
    public int Version { get; private set; }

    /// <summary>What is asked for, in the order of the form.</summary>
    public IReadOnlyList<RequestedPlatform> Platforms => [.. _platforms.OrderBy(p => p.Position)];

    /// <summary>Who it was sent to.</summary>
    public IReadOnlyList<Recipient> Recipients => _recipients;

    /// <summary>Who came in by a link, also those that a new link sent out.</summary>
    public IReadOnlyList<Participant> Participants => _participants;

    /// <summary>The accounts that participants connected.</summary>
    public IReadOnlyList<PlatformConnection> Connections => _connections;

    /// <summary>What came of each platform it asks for, in the order of the form.</summary>
    public IReadOnlyList<PlatformOutcome> ListOutcomes() => [.. Platforms.Select(p => PlatformOutcome.Of(this, p))];

    /// <summary>The status as of <paramref name="now"/>: expiry counts from its instant, not from the job that notes it.</summary>
    public RequestStatus StatusAt(DateTimeOffset now) =>
        Status == RequestStatus.Pending && ExpiresAt <= now ? RequestStatus.Expired : Status;

    /// <summary>Gives the link its token when it first leaves the portal; later it keeps the one it has.</summary>
    internal void EnsureLink(NewLink link)
    {
        if (LinkTokenHash is null) (LinkTokenHash, LinkTokenProtected) = (link.Hash, link.ProtectedToken);
    }

    /// <summary>Puts new links in the place of all the ones before, with which whoever came in is out.</summary>
    /// <param name="links">With one for each recipient; who gets none has no link of their own until the next mail.</param>
    /// <param name="now">When, UTC.</param>
    internal void ReplaceLinks(NewLinks links, DateTimeOffset now)
    {
        (LinkTokenHash, LinkTokenProtected) = (links.Request.Hash, links.Request.ProtectedToken);
        foreach (var (index, recipient) in _recipients.Index()) recipient.ReplaceLink(links.Recipients.ElementAtOrDefault(index));
        EndParticipants(_ => true, now);
    }

    /// <summary>Puts a new link in the place of a recipient's own, with which whoever came in by that one is out.</summary>
    internal void ReplaceLink(Recipient recipient, NewLink link, DateTimeOffset now)
    {
        recipient.ReplaceLink(link);
        EndParticipants(p => p.RecipientId == recipient.Id, now);
    }

    /// <summary>Whether a token is that of one of its links.</summary>
    /// <param name="token">As it stands in a link.</param>
    /// <param name="holder">Whose own link it is; null = the request's, or none.</param>
    internal bool Opens(string token, out Recipient? holder)
    {
        var hash = SecretTokens.Hash(token);
        holder = _recipients.Find(r => IsSame(r.LinkTokenHash));
        return holder is not null || IsSame(LinkTokenHash);

        bool IsSame(byte[]? kept) => kept is not null && kept.AsSpan().SequenceEqual(hash);
    }

    /// <summary>Notes that the link went out now and lives until <paramref name="expiresAt"/>; wakes an expired request up again.</summary>
    internal void MarkSent(DateTimeOffset now, DateTimeOffset expiresAt)
    {
        (Status, SentAt, ExpiresAt) = (RequestStatus.Pending, now, expiresAt);
        Note(RequestActivity.Sent, now);
    }

    /// <summary>The message for readers of a language.</summary>
    /// <param name="language">A two-letter code.</param>
    public string MessageIn(string language) => language == Agency.GermanCode ? GermanMessage ?? Message : Message;

    /// <summary>Whether a text is another message, in whichever language this one is shown.</summary>
    internal bool SaysOtherThan(string message) => !IsSame(message, Message) && !IsSame(message, GermanMessage);

    /// <summary>Where the message is the agency's default one, every reader gets it in their own language.</summary>
    internal void Translate(Agency agency)
    {
        if (agency is not { DefaultMessage.Length: > 0, GermanDefaultMessage: { Length: > 0 } german }) return;
        if (!IsSame(Message, agency.DefaultMessage) && !IsSame(Message, german)) return;
        (Message, GermanMessage) = (agency.DefaultMessage.Trim(), german.Trim());
    }

    private static bool IsSame(string one, string? other) => one.ReplaceLineEndings().Trim() == other?.ReplaceLineEndings().Trim();

    /// <summary>Asks for something else from now on. Services that stay keep what the client said to them.</summary>
    internal void Change(RequestEdit edit, string? businessManagerName)
    {
        if (SaysOtherThan(edit.Message)) (Message, GermanMessage) = (edit.Message.Trim(), null);
        _platforms.RemoveAll(p => !edit.Platforms.Contains(p.Platform));
        foreach (var (position, key) in edit.Platforms.Distinct().Index())
        {
            if (_platforms.Find(p => p.Platform == key) is { } known) known.Position = position;
            else _platforms.Add(new RequestedPlatform(key, position));
        }

        (FacebookUserId, BusinessManagerId, BusinessManagerName) = edit.BusinessManagerId is null
            ? (null, null, null)
            : (edit.FacebookUserId, edit.BusinessManagerId, businessManagerName);
    }

    internal void AddRecipient(Recipient recipient)
    {
        if (_recipients.Count == 0) FirstRecipient = recipient.Email;
        _recipients.Add(recipient);
        RecipientCount = _recipients.Count;
    }

    internal void AddParticipant(Participant participant) => _participants.Add(participant);

    /// <summary>Somebody who came in and may still work on it; null when they may not.</summary>
    internal Participant? FindParticipant(ParticipantId id) => _participants.Find(p => p.Id == id && p.EndedAt is null);

    internal void AddConnection(PlatformConnection connection) => _connections.Add(connection);

    internal void MarkOpened(DateTimeOffset now)
    {
        OpenedAt ??= now;
        Note(RequestActivity.Opened, now);
    }

    internal void AskNewLink(DateTimeOffset now)
    {
        NewLinkAskedAt = now;
        Note(RequestActivity.NewLinkAsked, now);
    }

    internal void Complete(Participant participant, DateTimeOffset now)
    {
        (Status, CompletedAt, CompletedBy, CompletedByName) = (RequestStatus.Connected, now, participant.Id, participant.Name);
        Note(RequestActivity.Completed, now);
    }

    internal void Expire(DateTimeOffset now)
    {
        Status = RequestStatus.Expired;
        ActivityAt = now;
    }

    /// <summary>Deletes the request: without a hash none of its links can be found any more.</summary>
    internal void Delete()
    {
        (Status, LinkTokenHash, LinkTokenProtected) = (RequestStatus.Deleted, null, null);
        foreach (var recipient in _recipients) recipient.ReplaceLink(null);
    }

    internal void Note(RequestActivity activity, DateTimeOffset now, PlatformKey? platform = null) =>
        (Activity, ActivityAt, ActivityPlatform) = (activity, now, platform);

    /// <summary>
    /// Renews what is derived from the parts: <see cref="Accounts"/>, <see cref="SearchText"/> and <see cref="Version"/>.
    /// </summary>
    internal void Summarize()
    {
        List<AccountSummary> accounts = [.. Platforms.Select(p => AccountSummary.Of(this, p))];
        (Accounts, HasProblem) = (AccountSummary.Write(accounts), accounts.Exists(a => a.Problem));
        SearchText = Status == RequestStatus.Deleted ? "" : RequestSearch.TextOf(this);
        Version++;
    }

    private void EndParticipants(Predicate<Participant> isMeant, DateTimeOffset now)
    {
        foreach (var participant in _participants.FindAll(p => p.EndedAt is null && isMeant(p))) participant.EndedAt = now;
    }
}
