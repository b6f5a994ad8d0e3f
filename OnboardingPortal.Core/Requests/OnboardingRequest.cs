using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What an agency asks of a client: a message, platforms, a link. Keeps the rules of its own life; every change goes through
/// <see cref="RequestChanges"/>, which saves it, notes it and announces it.
/// </summary>
public sealed partial class OnboardingRequest : IAgencyOwned
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

    internal OnboardingRequest(RequestId id, AgencyCaller requester, RequestTerms terms, string? businessManagerName, DateTimeOffset now)
    {
        Id = id;
        AgencyId = requester.Agency;
        RequesterId = requester.User;
        RequesterName = requester.Name;
        Message = terms.Message.Trim();
        Language = terms.Language;
        RequestedAt = now;
        ActivityAt = now;
        _platforms.AddRange(terms.Platforms.Distinct().Select((key, position) => new RequestedPlatform(key, position)));
        if (terms.BusinessManagerId is not null)
        {
            FacebookUserId = terms.FacebookUserId;
            BusinessManagerId = terms.BusinessManagerId;
            BusinessManagerName = businessManagerName;
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

    /// <summary>What the table shows of each requested platform.</summary>
    public AccountSummaries Accounts { get; private set; } = AccountSummaries.None;

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

    /// <summary>Notes that the link went out now and lives until <paramref name="expiresAt"/>; wakes an expired request up again.</summary>
    internal void MarkSent(DateTimeOffset now, DateTimeOffset expiresAt)
    {
        Status = RequestStatus.Pending;
        SentAt = now;
        ExpiresAt = expiresAt;
        RecordActivity(RequestActivity.Sent, now);
    }

    /// <summary>The message for readers of a language.</summary>
    /// <param name="language">A two-letter code.</param>
    public string MessageIn(string language) => language == Agency.GermanCode ? GermanMessage ?? Message : Message;

    /// <summary>What it asks for, with the message for readers of a language.</summary>
    /// <param name="language">A two-letter code.</param>
    internal RequestTerms TermsIn(string language) =>
        new(MessageIn(language), [.. Platforms.Select(p => p.Platform)], FacebookUserId, BusinessManagerId, Language);

    /// <summary>Whether a text is another message, in whichever language this one is shown.</summary>
    internal bool SaysOtherThan(string message) => !IsSame(message, Message) && !IsSame(message, GermanMessage);

    /// <summary>Where the message is the agency's default one, every reader gets it in their own language.</summary>
    internal void Translate(Agency agency)
    {
        if (agency is not { DefaultMessage.Length: > 0, GermanDefaultMessage: { Length: > 0 } german }) return;
        if (!IsSame(Message, agency.DefaultMessage) && !IsSame(Message, german)) return;
        Message = agency.DefaultMessage.Trim();
        GermanMessage = german.Trim();
    }

    private static bool IsSame(string one, string? other) => one.ReplaceLineEndings().Trim() == other?.ReplaceLineEndings().Trim();

    /// <summary>Asks for something else from now on, in the same language. Services that stay keep what the client said to them.</summary>
    internal void Change(RequestTerms terms, string? businessManagerName)
    {
        if (SaysOtherThan(terms.Message))
        {
            Message = terms.Message.Trim();
            GermanMessage = null;
        }

        _platforms.RemoveAll(p => !terms.Platforms.Contains(p.Platform));
        foreach (var (position, key) in terms.Platforms.Distinct().Index())
        {
            if (_platforms.Find(p => p.Platform == key) is { } known) known.Position = position;
            else _platforms.Add(new RequestedPlatform(key, position));
        }

        var hasBusiness = terms.BusinessManagerId is not null;
        FacebookUserId = hasBusiness ? terms.FacebookUserId : null;
        BusinessManagerId = terms.BusinessManagerId;
        BusinessManagerName = hasBusiness ? businessManagerName : null;
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
        RecordActivity(RequestActivity.Opened, now);
    }

    internal void AskNewLink(DateTimeOffset now)
    {
        NewLinkAskedAt = now;
        RecordActivity(RequestActivity.NewLinkAsked, now);
    }

    internal void Complete(Participant participant, DateTimeOffset now)
    {
        Status = RequestStatus.Connected;
        CompletedAt = now;
        CompletedBy = participant.Id;
        CompletedByName = participant.Name;
        RecordActivity(RequestActivity.Completed, now);
    }

    internal void Expire(DateTimeOffset now)
    {
        Status = RequestStatus.Expired;
        ActivityAt = now;
    }

    /// <summary>Deletes the request: without a hash none of its links can be found any more.</summary>
    internal void Delete()
    {
        Status = RequestStatus.Deleted;
        LinkTokenHash = null;
        LinkTokenProtected = null;
        foreach (var recipient in _recipients) recipient.ReplaceLink(null);
    }

    internal void RecordActivity(RequestActivity activity, DateTimeOffset now, PlatformKey? platform = null)
    {
        Activity = activity;
        ActivityAt = now;
        ActivityPlatform = platform;
    }

    /// <summary>
    /// Renews what is derived from the parts: <see cref="Accounts"/>, <see cref="SearchText"/> and <see cref="Version"/>.
    /// </summary>
    internal void Summarize()
    {
        List<AccountSummary> accounts = [.. Platforms.Select(p => AccountSummary.Of(this, p))];
        Accounts = AccountSummaries.Of(accounts);
        HasProblem = accounts.Exists(a => a.Problem);
        SearchText = Status == RequestStatus.Deleted ? "" : RequestSearch.TextOf(this);
        Version++;
    }
}
