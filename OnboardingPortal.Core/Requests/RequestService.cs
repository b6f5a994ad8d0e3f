using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Events;

namespace OnboardingPortal.Core.Requests;

/// <summary>The agency's side of a request: make it, send it, copy its link, delete it.</summary>
public sealed partial class RequestService(
    PortalDbContextFactory contexts, RequestChanges changes, LinkTokens links, IValidator<NewRequest> validator,
    RequestFeed feed, IOptions<RequestOptions> options, TimeProvider clock, ILogger<RequestService> logger)
{
    private static readonly TimeSpan DoubleClick = TimeSpan.FromSeconds(10);

    /// <summary>Saves a new request as a draft: its link does not exist yet.</summary>
    /// <returns>The request's id, <see cref="InputRefused"/> or <see cref="BusinessManagerRefused"/>; a refusal saves nothing.</returns>
    public async Task<Result<RequestId>> CreateAsync(AgencyCaller caller, NewRequest input, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var made = await MakeAsync(db, caller, input, cancellationToken);
        if (!made.Succeeded) return made.Error;
        var request = made.Value;
        request.Summarize();
        db.Requests.Add(request);
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), caller.Agency, request.RequestedAt, AuditKind.RequestCreated, caller.Actor, request.Id, null, null));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.AnnounceAsync(caller.Agency, request.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(caller.Agency, request.Id);
        LogCreated(request.Id);
        return request.Id;
    }

    /// <summary>Mails the request to addresses and starts its link's life anew. Known recipients are mailed again.</summary>
    /// <param name="caller">Who sends.</param>
    /// <param name="id">A draft, pending or expired request.</param>
    /// <param name="addresses">As typed: separated by commas, semicolons or new lines.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>
    /// How many mails were queued, or <see cref="RequestNotFound"/>, <see cref="RequestAlreadyCompleted"/>, <see cref="AddressMissing"/>,
    /// <see cref="AddressesRefused"/>, <see cref="TooManyAddresses"/>, <see cref="SentJustNow"/>; a refusal sends none.
    /// </returns>
    public async Task<Result<int>> SendAsync(AgencyCaller caller, RequestId id, string addresses, CancellationToken cancellationToken)
    {
        var read = RecipientList.Read(addresses);
        if (!read.Succeeded) return read.Error;
        var (link, life) = (links.Make(), await LinkLifeAsync(caller.Agency, cancellationToken));
        var result = await changes.ApplyAsync(caller, id, change => Send(change, read.Value, link, life), cancellationToken);
        if (result.Succeeded) LogSent(id, result.Value);
        return result;
    }

    /// <summary>Saves a new request and mails it, together with what the caller notes of it: all in one transaction, so that a crash leaves nothing half done.</summary>
    /// <param name="caller">Who sends.</param>
    /// <param name="input">The request.</param>
    /// <param name="addresses">As <see cref="SendAsync"/> takes them.</param>
    /// <param name="note">Notes the request's id within the transaction, before anything else; false = it is not to be made after all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The request's id, null when it was not to be made, or a refusal as <see cref="CreateAsync"/> and <see cref="SendAsync"/> have it.</returns>
    internal async Task<Result<RequestId?>> SendNewAsync(
        AgencyCaller caller, NewRequest input, string addresses, Func<PortalDbContext, RequestId, Task<bool>> note, CancellationToken cancellationToken)
    {
        var read = RecipientList.Read(addresses);
        if (!read.Succeeded) return read.Error;
        var (link, life) = (links.Make(), await LinkLifeAsync(caller.Agency, cancellationToken));
        await using var db = contexts.Create(caller.Agency);
        var made = await MakeAsync(db, caller, input, cancellationToken);
        if (!made.Succeeded) return made.Error;
        var request = made.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await note(db, request.Id)) return default(RequestId?);
        var change = new RequestChange(db, request, caller.Actor, clock);
        change.Record(AuditKind.RequestCreated);
        var sent = Send(change, read.Value, link, life);
        if (!sent.Succeeded) return sent.Error;
        request.Summarize();
        db.Requests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        await db.AnnounceAsync(caller.Agency, request.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(caller.Agency, request.Id);
        LogSent(request.Id, sent.Value);
        return request.Id;
    }

    /// <summary>Mails the request again to all its recipients and renews its link's life.</summary>
    /// <returns>How many mails were queued, or a refusal as <see cref="SendAsync"/> has it.</returns>
    public async Task<Result<int>> ResendAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var (link, life) = (links.Make(), await LinkLifeAsync(caller.Agency, cancellationToken));
        var result = await changes.ApplyAsync(caller, id, change =>
        {
            IReadOnlyList<string> known = [.. change.Request.Recipients.Select(r => r.Email)];
            return known.Count == 0 ? new AddressMissing() : Send(change, known, link, life);
        }, cancellationToken);
        if (result.Succeeded) LogSent(id, result.Value);
        return result;
    }

    /// <summary>Gives out the link. The first time it starts the link's life, as sending does.</summary>
    /// <returns>The link, <see cref="RequestNotFound"/>, <see cref="RequestAlreadyCompleted"/> or <see cref="LinkExpired"/>.</returns>
    public async Task<Result<Uri>> CopyLinkAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var (link, life) = (links.Make(), await LinkLifeAsync(caller.Agency, cancellationToken));
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
        request.Status == RequestStatus.Connected ? new RequestAlreadyCompleted(request.CompletedByName!, request.CompletedAt!.Value) : null;

    /// <summary>A request that meets the rules, not saved yet.</summary>
    private async Task<Result<OnboardingRequest>> MakeAsync(PortalDbContext db, AgencyCaller caller, NewRequest input, CancellationToken cancellationToken)
    {
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);

        string? businessName = null;
        if (input.BusinessManagerId is { } businessId)
        {
            var user = await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == input.FacebookUserId, cancellationToken);
            var business = user?.BusinessManagers.FirstOrDefault(b => b.ExternalId == businessId && b.IsAdmin);
            if (business is null) return new BusinessManagerRefused();
            businessName = business.Name;
        }

        return new OnboardingRequest(RequestId.New(clock), caller, input, businessName, clock.GetUtcNow());
    }

    private async Task<LinkLife> LinkLifeAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Agencies.Where(a => a.Id == agency).Select(a => a.LinkLife).SingleAsync(cancellationToken);
    }

    private Result<int> Send(RequestChange change, IReadOnlyList<string> addresses, NewLink link, LinkLife life)
    {
        var request = change.Request;
        if (Completed(request) is { } refusal) return refusal;
        var added = addresses.Where(a => !request.Recipients.Any(r => Same(r.Email, a))).ToList();
        if (request.Recipients.Count + added.Count > RecipientList.MostAddresses) return new TooManyAddresses(request.Recipients.Count + added.Count);
        if (added.Count == 0 && change.Now - request.SentAt < DoubleClick && addresses.All(WasMailed)) return new SentJustNow();

        foreach (var address in added) request.AddRecipient(new Recipient(RecipientId.New(change.Clock), request, address, change.Now));
        request.EnsureLink(link);
        request.MarkSent(change.Now, options.Value.ExpiryOf(change.Now, life));
        foreach (var address in addresses)
        {
            change.Mail(EmailKind.Request, request.Recipients.First(r => Same(r.Email, address)).Email, request.Language);
            change.Record(AuditKind.RequestSent, detail: address);
        }

        return addresses.Count;

        bool WasMailed(string address) => request.Recipients.Any(r => Same(r.Email, address));
        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Request {RequestId} saved")]
    private partial void LogCreated(RequestId requestId);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Request {RequestId} queued for {Recipients} recipients")]
    private partial void LogSent(RequestId requestId, int recipients);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Information, Message = "Request {RequestId} deleted")]
    private partial void LogDeleted(RequestId requestId);
}
