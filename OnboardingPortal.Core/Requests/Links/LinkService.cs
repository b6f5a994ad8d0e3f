using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>What somebody who holds a link sees before they say who they are.</summary>
/// <param name="Request">The request.</param>
/// <param name="Agency">The agency that asks.</param>
/// <param name="AgencyName">Its name, as clients read it.</param>
/// <param name="RequesterName">The person who asks; null when the agency does not name them.</param>
/// <param name="Message">Markdown in the reader's language; hostile as every text from outside.</param>
/// <param name="Platforms">What is asked for.</param>
/// <param name="ExpiresAt">When the link dies, UTC.</param>
public sealed record LinkLanding(
    RequestId Request, AgencyId Agency, string AgencyName, string? RequesterName, string Message, IReadOnlyList<PlatformKey> Platforms,
    DateTimeOffset ExpiresAt);

/// <summary>The way from a link to the wizard: nothing here needs a circuit, and looking changes nothing.</summary>
public sealed class LinkService(
    PortalDbContextFactory contexts, RequestChanges changes, ClientBrands brands, LinkTokens tokens, IValidator<Visitor> validator,
    TimeProvider clock)
{
    /// <summary>How many people one request lets in: more than a client has, and few enough that each call stays quick.</summary>
    public const int MaxParticipants = 100;

    /// <summary>How long one notice to the requester counts for all who ask for a new link.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// How often a day one network address may ask an agency for new links. Room for an office that holds a heap of old ones.
    /// </summary>
    public const int MaxAskedFromAddress = 20;

    /// <summary>
    /// How many mails a day a requester gets about new links. What is asked for beyond that stands in the table and on the Hub.
    /// </summary>
    public const int MaxMailsToRequester = 50;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Not static: a compiled query belongs to one model, and a process may hold one for each database. One query asks both indexes,
    // so that a request's link, a recipient's and a made-up one cost the same.
    private readonly Func<PortalDbContext, byte[], Task<FoundLink?>> _byHash = EF.CompileAsyncQuery(
        (PortalDbContext db, byte[] hash) => db.Requests.IgnoreQueryFilters().Where(r => r.LinkTokenHash == hash).Select(r => r.Id)
            .Concat(db.Recipients.IgnoreQueryFilters().Where(r => r.LinkTokenHash == hash).Select(r => r.RequestId))
            .Join(db.Requests.IgnoreQueryFilters().AsNoTracking().Where(r => r.Status != RequestStatus.Deleted), id => id, r => r.Id,
                (_, r) => r)
            .Select(r => new FoundLink(r.Id, r.AgencyId, r.Status, r.ExpiresAt, r.Language, r.CompletedByName, r.CompletedAt))
            .SingleOrDefault());

    /// <summary>Looks at a link, in the language of the present culture; changes nothing.</summary>
    /// <returns>What to show, <see cref="LinkUnknown"/>, <see cref="LinkExpired"/> or <see cref="RequestAlreadyCompleted"/>.</returns>
    public async Task<Result<LinkLanding>> FindAsync(LinkVisit visit, CancellationToken cancellationToken)
    {
        var found = await FindLinkAsync(visit);
        if (Refusal(found) is { } refusal) return refusal;
        var brand = await brands.FindAsync(found!.Agency, cancellationToken);
        var isGerman = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Agency.GermanCode;
        await using var db = contexts.Create(found.Agency);
        var landing = await db.Requests.AsNoTracking().Where(r => r.Id == found.Id)
            .Join(db.Agencies, r => r.AgencyId, a => a.Id, (r, a) => new LinkLanding(
                r.Id, r.AgencyId, a.Name, a.IncludeRequesterName ? r.RequesterName : null,
                isGerman ? r.GermanMessage ?? r.Message : r.Message,
                r.Platforms.OrderBy(p => p.Position).Select(p => p.Platform).ToList(), r.ExpiresAt!.Value))
            .SingleAsync(cancellationToken);
        return landing with
        {
            AgencyName = brand.Name,
            RequesterName = landing.RequesterName is null
            ? null
            : brand.RequesterName ?? landing.RequesterName
        };
    }

    /// <summary>
    /// The link that a participant came by, to go on in another browser: the recipient's own, or the request's. Null when they are out or
    /// the request is deleted.
    /// </summary>
    public async Task<Uri?> FindOwnLinkAsync(RequestId request, ParticipantId participant, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var alive = db.Requests.IgnoreQueryFilters().Where(r => r.Id == request && r.Status != RequestStatus.Deleted);
        var came = await db.Participants.IgnoreQueryFilters().Where(p => p.Id == participant && p.EndedAt == null)
            .Join(alive, p => p.RequestId, r => r.Id, (p, r) => new { r.AgencyId, p.RecipientId, r.LinkTokenProtected })
            .SingleOrDefaultAsync(cancellationToken);
        if (came is null) return null;
        var own = came.RecipientId is null
            ? came.LinkTokenProtected
            : await db.Recipients.IgnoreQueryFilters().Where(r => r.Id == came.RecipientId).Select(r => r.LinkTokenProtected)
                .SingleOrDefaultAsync(cancellationToken);
        return own is null ? null : await tokens.LinkOfAsync(came.AgencyId, own, cancellationToken);
    }

    /// <summary>
    /// The request of a link, whatever its state; null when the link is unknown. To recognise a browser that came before.
    /// </summary>
    public async Task<RequestId?> FindRequestAsync(LinkVisit visit) => (await FindLinkAsync(visit))?.Id;

    /// <summary>
    /// The agency of a link, whatever the request's state; null when the link is unknown. To show its looks, and to keep it to its host.
    /// </summary>
    public async Task<AgencyId?> FindAgencyAsync(LinkVisit visit) => (await FindLinkAsync(visit))?.Agency;

    /// <summary>The language the sender chose for the link's pages; null when they chose none or the link is unknown.</summary>
    public async Task<string?> FindLanguageAsync(LinkVisit visit) => (await FindLinkAsync(visit))?.Language;

    /// <summary>The language the sender chose for the request; null when they chose none or there is no such request.</summary>
    public async Task<string?> FindLanguageAsync(RequestId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await db.Requests.IgnoreQueryFilters().Where(r => r.Id == id).Select(r => r.Language)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Notes that <c>Grant Permission Now</c> was pressed.</summary>
    /// <returns>Null when noted, otherwise a refusal as <see cref="FindAsync"/> has it.</returns>
    public async Task<PortalError?> OpenAsync(LinkVisit visit, string? address, CancellationToken cancellationToken)
    {
        var found = await FindLinkAsync(visit);
        if (Refusal(found) is { } refusal) return refusal;
        var result = await changes.ApplyAsync<bool>(found!.Agency, found.Id, Actor.Visitor(address), change =>
        {
            if (!change.Request.Opens(visit.Token, out var holder)) return new LinkUnknown(); // replaced a moment ago
            if (change.Request.OpenedAt is not null) return true;
            change.Request.MarkOpened(change.Now);
            change.Record(AuditKind.LinkOpened, detail: holder?.Email);
            return true;
        }, cancellationToken);
        if (!result.Succeeded) visit.Forget(); // it is another link than a moment ago
        return result.Error;
    }

    /// <summary>Lets a visitor in: from here on they are a participant, known by a cookie.</summary>
    /// <returns>The participant, <see cref="InputRefused"/>, <see cref="TooManyParticipants"/>, or a refusal as <see cref="FindAsync"/> has
    /// it.</returns>
    public async Task<Result<ClientCaller>> IdentifyAsync(
        LinkVisit visit, Visitor visitor, string? address, CancellationToken cancellationToken)
    {
        var found = await FindLinkAsync(visit);
        if (Refusal(found) is { } refusal) return refusal;
        visitor = new Visitor(visitor.Name?.Trim() ?? "", EmailAddress.Tidy(visitor.Email));
        var validation = await validator.ValidateAsync(visitor, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);

        var result = await changes.ApplyAsync<ClientCaller>(found!.Agency, found.Id, Actor.Visitor(address), change =>
        {
            if (ClientRules.Refusal(change) is { } tooLate) return tooLate;
            if (!change.Request.Opens(visit.Token, out var holder)) return new LinkUnknown(); // replaced a moment ago
            if (change.Request.Participants.Count(p => p.EndedAt is null) >= MaxParticipants) return new TooManyParticipants();
            var participant = new Participant(
                ParticipantId.New(clock), change.Request, holder?.Id, visitor.Name, visitor.Email, change.Now);
            change.Request.AddParticipant(participant);
            if (change.Request.OpenedAt is null) change.Request.MarkOpened(change.Now);
            change.Request.RecordActivity(RequestActivity.Viewed, change.Now);
            var caller = new ClientCaller(found.Agency, found.Id, participant.Id, participant.Name, address);
            change.Record(AuditKind.RequestViewed, detail: holder?.Email, by: caller.Actor);
            return caller;
        }, cancellationToken);
        if (!result.Succeeded) visit.Forget(); // it is another link than a moment ago
        return result;
    }

    /// <summary>
    /// Tells the requester that somebody holds an expired link. Nobody can flood them: a request tells once in <see cref="AskAgainAfter"/>,
    /// and the day has its limits.
    /// </summary>
    /// <returns> Null when the requester is told, <see cref="NewLinkAlreadyAsked"/>, <see cref="NewLinksAskedTooOften"/>,
    /// <see cref="LinkNotExpired"/>, <see cref="LinkUnknown"/> or <see cref="RequestAlreadyCompleted"/>.
    /// </returns>
    public async Task<PortalError?> AskNewLinkAsync(LinkVisit visit, string? address, CancellationToken cancellationToken)
    {
        var found = await FindLinkAsync(visit);
        if (Refusal(found) is { } refusal and not LinkExpired) return refusal;
        var requester = await contexts.RequesterEmailAsync(found!.Agency, found.Id, cancellationToken);
        var result = await changes.ApplyAsync<bool>(found.Agency, found.Id, Actor.Visitor(address), async (change, token) =>
        {
            if (change.Request.StatusAt(change.Now) != RequestStatus.Expired) return new LinkNotExpired(); // renewed a moment ago
            if (change.Now - change.Request.NewLinkAskedAt < AskAgainAfter) return new NewLinkAlreadyAsked();
            var since = change.Now - Day;
            var first = AuditEventId.From(TimeOrderedId.First(change.Now - Day));
            if (address is not null && await change.Db.AuditEvents
                .CountAsync(
                    e => e.AgencyId == found.Agency && e.Id > first && e.At > since && e.Kind == AuditKind.NewLinkAsked
                        && e.Address == address, token) >= MaxAskedFromAddress)
            {
                return new NewLinksAskedTooOften();
            }

            change.Request.AskNewLink(change.Now);
            change.Record(AuditKind.NewLinkAsked);
            if (requester is not null && await change.Db.EmailMessages
                .CountAsync(m => m.Kind == EmailKind.NewLinkAsked && m.To == requester && m.QueuedAt > since, token) < MaxMailsToRequester)
            {
                change.Mail(EmailKind.NewLinkAsked, requester, null);
            }

            return true;
        }, cancellationToken);
        if (!result.Succeeded) visit.Forget(); // somebody may have renewed it
        return result.Error;
    }

    private Task<FoundLink?> FindLinkAsync(LinkVisit visit) => visit.FindAsync(async token =>
    {
        await using var db = contexts.CreateForSystem();
        return await _byHash(db, SecretTokens.Hash(token));
    });

    private PortalError? Refusal(FoundLink? found) => found switch
    {
        null => new LinkUnknown(),
        { Status: RequestStatus.Connected } => new RequestAlreadyCompleted(found.CompletedByName!, found.CompletedAt!.Value),
        _ when found.Status == RequestStatus.Expired || found.ExpiresAt <= clock.GetUtcNow() => new LinkExpired(),
        _ => null,
    };
}
