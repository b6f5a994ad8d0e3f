using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>The agency's side of a request: make it, send it, copy its link, delete it.</summary>
public sealed partial class RequestService(
    PortalDbContextFactory contexts, RequestChanges changes, LinkTokens links, IValidator<RequestTerms> validator,
    RequestFeed feed, OutboxSignal outbox, IOptions<RequestOptions> options, TimeProvider clock, ILogger<RequestService> logger)
{
    /// <summary>Saves a new request as a draft: its link does not exist yet.</summary>
    /// <returns>The request's id, <see cref="InputRefused"/> or <see cref="BusinessManagerRefused"/>; a refusal saves nothing.</returns>
    public async Task<Result<RequestId>> CreateAsync(AgencyCaller caller, RequestTerms terms, CancellationToken cancellationToken)
    {
        var made = await CreateAsync(caller, terms, [], (_, _) => Task.FromResult(true), cancellationToken);
        return made.Succeeded ? made.Value!.Value : made.Error;
    }

    /// <summary>
    /// Saves a new request and mails it, together with what the caller notes of it: all in one transaction, so that a crash leaves nothing
    /// half done.
    /// </summary>
    /// <param name="caller">Who sends.</param>
    /// <param name="terms">What to ask for.</param>
    /// <param name="addresses">As <see cref="RecipientList"/> read them; empty = it stays a draft.</param>
    /// <param name="note">Notes the new request within the transaction, before anything else; false = it is not to be made after
    /// all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The request's id, null when it was not to be made, or a refusal as
    /// <see cref="CreateAsync(AgencyCaller, RequestTerms, CancellationToken)"/> and
    /// <see cref="SendAsync(AgencyCaller, RequestId, string, CancellationToken)"/> have it.</returns>
    /// <exception cref="DbUpdateException">What was noted is there already; nothing was saved.</exception>
    internal async Task<Result<RequestId?>> CreateAsync(
        AgencyCaller caller, RequestTerms terms, IReadOnlyList<string> addresses, Func<PortalDbContext, OnboardingRequest, Task<bool>> note,
        CancellationToken cancellationToken)
    {
        var validation = await validator.ValidateAsync(terms, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        var (fresh, life) = addresses.Count == 0
            ? default
            : (links.Make(addresses.Count), await LinkLifeAsync(caller.Agency, cancellationToken));

        await using var db = contexts.Create(caller.Agency);
        string? businessName = null;
        if (terms.BusinessManagerId is { } businessId)
        {
            if (await db.FindBusinessAsync(terms.FacebookUserId, businessId, cancellationToken) is not { } business)
                return new BusinessManagerRefused();
            businessName = business.Name;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var request = new OnboardingRequest(RequestId.New(clock), caller, terms, businessName, clock.GetUtcNow());
        request.Translate(await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == caller.Agency, cancellationToken));
        if (!await note(db, request)) return default(RequestId?);
        var change = new RequestChange(db, request, caller.Actor, clock);
        change.Record(AuditKind.RequestCreated);
        if (addresses.Count > 0
            && await SendAsync(change, addresses, fresh!, life, cancellationToken) is { Succeeded: false, Error: var refusal })
            return refusal;
        request.Summarize();
        db.Requests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        await db.AnnounceAsync(caller.Agency, request.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(caller.Agency, request.Id);
        if (change.HasMail) outbox.Wake();
        LogCreated(request.Id);
        if (addresses.Count > 0) LogSent(request.Id, addresses.Count);
        return request.Id;
    }

    /// <summary>
    /// Mails the request to addresses and starts its link's life anew. Known recipients are mailed again, but none twice within
    /// <see cref="RecentMails.SameRecipientAfter"/>: these are left out, as long as others remain.
    /// </summary>
    /// <param name="caller">Who sends.</param>
    /// <param name="id">A draft, pending or expired request.</param>
    /// <param name="addresses">As typed: separated by commas, semicolons or new lines.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> How many mails were queued, or <see cref="RequestNotFound"/>, <see cref="RequestAlreadyCompleted"/>,
    /// <see cref="AddressMissing"/>, <see cref="AddressesRefused"/>, <see cref="TooManyAddresses"/>, <see cref="SentJustNow"/>,
    /// <see cref="SentTooOften"/>; a refusal sends none.
    /// </returns>
    public async Task<Result<int>> SendAsync(AgencyCaller caller, RequestId id, string addresses, CancellationToken cancellationToken)
    {
        var read = RecipientList.Read(addresses);
        if (!read.Succeeded) return read.Error;
        var fresh = links.Make(read.Value.Count);
        var life = await LinkLifeAsync(caller.Agency, cancellationToken);
        var result = await changes.ApplyAsync(
            caller, id, (change, token) => SendAsync(change, read.Value, fresh, life, token), cancellationToken);
        if (result.Succeeded) LogSent(id, result.Value);
        return result;
    }

    /// <summary>Mails the request again to its recipients, except those whose mail came back, and renews its link's life.</summary>
    /// <returns>How many mails were queued, <see cref="MailsCameBack"/>, or a refusal as
    /// <see cref="SendAsync(AgencyCaller, RequestId, string, CancellationToken)"/> has it.</returns>
    public Task<Result<int>> ResendAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken) =>
        ResendAsync(caller, id, recipient => !recipient.MailCameBack, [], cancellationToken);

    /// <summary>Mails the request again to the chosen of its recipients and to further addresses, and renews its link's life.</summary>
    /// <returns>How many mails were queued, or a refusal as <see cref="SendAsync(AgencyCaller, RequestId, string, CancellationToken)"/> has
    /// it.</returns>
    public async Task<Result<int>> ResendAsync(AgencyCaller caller, RequestId id, ResendChoice choice, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> further = [];
        if (!string.IsNullOrWhiteSpace(choice.Further))
        {
            var read = RecipientList.Read(choice.Further);
            if (!read.Succeeded) return read.Error;
            further = read.Value;
        }

        return await ResendAsync(caller, id, recipient => choice.Recipients.Contains(recipient.Id), further, cancellationToken);
    }

    /// <summary>
    /// Renews a link whose time ran out, with one press: mails it to the recipients whose mail did not come back. Where there are none, the
    /// link lives again and waits to be copied.
    /// </summary>
    /// <returns> How many mails were queued, 0 where there is nobody to mail; or <see cref="RequestNotFound"/>,
    /// <see cref="RequestAlreadyCompleted"/>, <see cref="LinkNotExpired"/>, <see cref="SentJustNow"/>, <see cref="SentTooOften"/>.
    /// </returns>
    public async Task<Result<int>> RenewAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var fresh = links.Make(RecipientList.MaxAddresses);
        var life = await LinkLifeAsync(caller.Agency, cancellationToken);
        var result = await changes.ApplyAsync<int>(caller, id, async (change, token) =>
        {
            var request = change.Request;
            if (Completed(request) is { } refusal) return refusal;
            if (request.StatusAt(change.Now) != RequestStatus.Expired) return new LinkNotExpired();
            change.Record(AuditKind.LinkRenewed);
            IReadOnlyList<string> addresses = [.. request.Recipients.Where(r => !r.MailCameBack).Select(r => r.Email)];
            if (addresses.Count > 0) return await SendAsync(change, addresses, fresh, life, token);
            request.MarkSent(change.Now, options.Value.ExpiryOf(change.Now, life));
            return 0;
        }, cancellationToken);
        if (result.Succeeded) LogSent(id, result.Value);
        return result;
    }

    /// <summary>
    /// Makes new links in the place of all that are out, the request's and each recipient's: the ones before open nothing any more, and
    /// anybody who came in by one is out, in every browser. What they connected stays. The new ones are mailed to the recipients whose mail
    /// did not come back, as far as they may be mailed now.
    /// </summary>
    /// <returns>
    /// How many mails were queued, 0 where nobody can be mailed now: the old links are dead all the same. Or <see cref="RequestNotFound"/>,
    /// <see cref="RequestAlreadyCompleted"/>, <see cref="LinkUnknown"/> where no link is out.
    /// </returns>
    public async Task<Result<int>> ReplaceLinkAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var fresh = links.Make(RecipientList.MaxAddresses);
        var life = await LinkLifeAsync(caller.Agency, cancellationToken);
        var result = await changes.ApplyAsync<int>(caller, id, async (change, token) =>
        {
            var request = change.Request;
            if (Completed(request) is { } refusal) return refusal;
            if (request.LinkTokenHash is null) return new LinkUnknown();
            request.ReplaceLinks(fresh, change.Now);
            change.Record(AuditKind.LinkReplaced);
            request.MarkSent(change.Now, options.Value.ExpiryOf(change.Now, life));
            IReadOnlyList<string> addresses = [.. request.Recipients.Where(r => !r.MailCameBack).Select(r => r.Email)];
            if (addresses.Count == 0 || (await RecentMails.ReadAsync(change, token)).Allow(addresses) is not { Succeeded: true } allowed)
                return 0;
            Mail(change, allowed.Value);
            return allowed.Value.Count;
        }, cancellationToken);
        if (result.Succeeded) LogReplaced(id, result.Value);
        return result;
    }

    /// <summary>
    /// Gives out the request's link, which belongs to no recipient in particular. The first time it starts the link's life, as sending
    /// does.
    /// </summary>
    /// <returns>The link, <see cref="RequestNotFound"/>, <see cref="RequestAlreadyCompleted"/> or <see cref="LinkExpired"/>.</returns>
    public async Task<Result<Uri>> CopyLinkAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var link = links.Make();
        var life = await LinkLifeAsync(caller.Agency, cancellationToken);
        var result = await changes.ApplyAsync<string>(caller, id, change =>
        {
            var request = change.Request;
            if (Completed(request) is { } refusal) return refusal;
            if (request.StatusAt(change.Now) == RequestStatus.Expired) return new LinkExpired();
            request.EnsureLink(link);
            if (request.Status == RequestStatus.Draft) request.MarkSent(change.Now, options.Value.ExpiryOf(change.Now, life));
            change.Record(AuditKind.LinkCopied);
            return request.LinkTokenProtected!;
        }, cancellationToken);
        if (!result.Succeeded) return result.Error;
        return await links.LinkOfAsync(caller.Agency, result.Value, cancellationToken);
    }

    /// <summary>Deletes a request that nobody completed: its link stops working at once; grants already made stay.</summary>
    /// <returns>The request's id, <see cref="RequestNotFound"/> or <see cref="RequestAlreadyCompleted"/>.</returns>
    public async Task<Result<RequestId>> DeleteAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var result = await changes.ApplyAsync<RequestId>(caller, id, change =>
        {
            if (Completed(change.Request) is { } refusal) return refusal;
            change.Request.Delete();
            change.Record(AuditKind.RequestDeleted);
            return id;
        }, cancellationToken);
        if (result.Succeeded) LogDeleted(id);
        return result;
    }

    internal static RequestAlreadyCompleted? Completed(OnboardingRequest request) =>
        request.Status == RequestStatus.Connected
            ? new RequestAlreadyCompleted(request.CompletedByName!, request.CompletedAt!.Value)
            : null;

    private async Task<LinkLife> LinkLifeAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Agencies.Where(a => a.Id == agency).Select(a => a.LinkLife).SingleAsync(cancellationToken);
    }

    private async Task<Result<int>> ResendAsync(
        AgencyCaller caller, RequestId id, Func<Recipient, bool> isChosen, IReadOnlyList<string> further,
        CancellationToken cancellationToken)
    {
        var fresh = links.Make(RecipientList.MaxAddresses);
        var life = await LinkLifeAsync(caller.Agency, cancellationToken);
        var result = await changes.ApplyAsync<int>(caller, id, async (change, token) =>
        {
            if (Completed(change.Request) is { } refusal) return refusal;
            IReadOnlyList<string> addresses =
                [.. change.Request.Recipients.Where(isChosen).Select(r => r.Email).Concat(further)
                    .DistinctBy(EmailAddress.KeyOf, StringComparer.OrdinalIgnoreCase)];
            if (addresses.Count > 0) return await SendAsync(change, addresses, fresh, life, token);
            return change.Request.Recipients.Count > 0 && change.Request.Recipients.All(r => r.MailCameBack)
                ? new MailsCameBack()
                : new AddressMissing();
        }, cancellationToken);
        if (result.Succeeded) LogSent(id, result.Value);
        return result;
    }

    private async Task<Result<int>> SendAsync(
        RequestChange change, IReadOnlyList<string> addresses, NewLinks fresh, LinkLife life, CancellationToken cancellationToken)
    {
        var request = change.Request;
        if (Completed(request) is { } refusal) return refusal;
        var added = addresses.Where(a => !request.Recipients.Any(r => r.IsAt(a))).ToList();
        if (request.Recipients.Count + added.Count > RecipientList.MaxAddresses)
            return new TooManyAddresses(request.Recipients.Count + added.Count);
        var allowed = (await RecentMails.ReadAsync(change, cancellationToken)).Allow(addresses);
        if (!allowed.Succeeded) return allowed.Error;

        foreach (var address in added) request.AddRecipient(new Recipient(RecipientId.New(change.Clock), request, address, change.Now));
        foreach (var (address, link) in addresses.Zip(fresh.Recipients)) request.Recipients.First(r => r.IsAt(address)).EnsureLink(link);
        request.EnsureLink(fresh.Request);
        request.MarkSent(change.Now, options.Value.ExpiryOf(change.Now, life));
        Mail(change, allowed.Value);
        return allowed.Value.Count;
    }

    /// <summary>Queues the request's mail to some of its recipients.</summary>
    internal static void Mail(RequestChange change, IReadOnlyList<string> addresses)
    {
        foreach (var address in addresses)
        {
            var recipient = change.Request.Recipients.First(r => r.IsAt(address));
            change.Mail(EmailKind.Request, recipient.Email, change.Request.Language);
            change.Record(AuditKind.RequestSent, detail: address);
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Request {RequestId} saved")]
    private partial void LogCreated(RequestId requestId);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Request {RequestId} queued for {Recipients} recipients")]
    private partial void LogSent(RequestId requestId, int recipients);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Information, Message = "Request {RequestId} has a new link, queued for "
        + "{Recipients} recipients")]
    private partial void LogReplaced(RequestId requestId, int recipients);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Information, Message = "Request {RequestId} deleted")]
    private partial void LogDeleted(RequestId requestId);
}

/// <summary>Whom a request is mailed to again.</summary>
/// <param name="Recipients">Which of its recipients; ids that are none of them are left out.</param>
/// <param name="Further">Further addresses as typed, separated by commas, semicolons or new lines; empty or null = none.</param>
public sealed record ResendChoice(IReadOnlyList<RecipientId> Recipients, string? Further = null);
