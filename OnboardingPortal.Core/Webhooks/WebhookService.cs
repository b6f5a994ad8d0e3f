using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>The agency's endpoints: which addresses hear of what. For main users alone; a refusal changes nothing.</summary>
public sealed class WebhookService(
    PortalDbContextFactory contexts, WebhookAddress addresses, WebhookSecrets secrets, IValidator<WebhookInput> validator,
    IStringLocalizer<WebhookInputValidator> text, TimeProvider clock)
{
    /// <summary>How long the secret before the last one signs, too.</summary>
    public static readonly TimeSpan OldSecretLife = TimeSpan.FromHours(24);

    /// <summary>The agency's endpoints, oldest first.</summary>
    /// <returns>The endpoints or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<IReadOnlyList<WebhookSummary>>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        return await db.WebhookEndpoints.OrderBy(e => e.Id).Select(e => new WebhookSummary(
            e.Id, e.Url, e.Types, e.CreatedByName, e.CreatedAt, e.DisabledAt, e.GaveUp,
            e.PreviousSecretUntil > now ? e.PreviousSecretUntil : null,
            db.WebhookDeliveries.Where(d => d.EndpointId == e.Id && d.State == WebhookDeliveryState.Delivered).OrderByDescending(d => d.Id)
                .Select(d => d.LastAttemptAt).FirstOrDefault(),
            db.WebhookDeliveries.Where(d => d.EndpointId == e.Id && d.State != WebhookDeliveryState.Delivered && d.LastAttemptAt != null)
                .OrderByDescending(d => d.Id).Select(d => d.LastAttemptAt).FirstOrDefault())).ToArrayAsync(cancellationToken);
    }

    /// <summary>Adds an endpoint, which is on from now.</summary>
    /// <returns>The endpoint with its secret, <see cref="NotAllowed"/>, <see cref="InputRefused"/> or
    /// <see cref="TooManyWebhooks"/>.</returns>
    public async Task<Result<NewWebhook>> AddAsync(AgencyCaller caller, WebhookInput input, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(caller, input, cancellationToken);
        if (!read.Succeeded) return read.Error;
        var id = WebhookEndpointId.New(clock);
        var now = clock.GetUtcNow();
        var secret = secrets.Make(caller.Agency, id);
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await UserChanges.HoldAsync(db, caller.Agency, cancellationToken); // two who add at once do not pass the limit together
        if (await db.WebhookEndpoints.CountAsync(cancellationToken) >= WebhookEndpoint.MaxEndpoints) return new TooManyWebhooks();
        var endpoint = new WebhookEndpoint(id, caller, read.Value, TypesOf(input), secret.Protected, now);
        db.WebhookEndpoints.Add(endpoint);
        Record(db, caller, AuditKind.WebhookAdded, endpoint.Url, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewWebhook(endpoint.Id, endpoint.Url, secret.Secret);
    }

    /// <summary>Changes an endpoint's address and what it hears of; what waits already goes to the new address.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="InputRefused"/> or <see cref="WebhookNotFound"/>.</returns>
    public async Task<PortalError?> ChangeAsync(
        AgencyCaller caller, WebhookEndpointId id, WebhookInput input, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(caller, input, cancellationToken);
        if (!read.Succeeded) return read.Error;
        return await ApplyAsync(caller, id, (_, endpoint, _) =>
        {
            endpoint.Url = read.Value;
            endpoint.Types = TypesOf(input);
            return Task.CompletedTask;
        }, cancellationToken);
    }

    /// <summary>
    /// Switches an endpoint on. It hears of what happens from now on; what it missed stays missed unless it is delivered again.
    /// </summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="WebhookNotFound"/>.</returns>
    public Task<PortalError?> SwitchOnAsync(
        AgencyCaller caller, WebhookEndpointId id, CancellationToken cancellationToken) => ApplyAsync(caller, id, (_, endpoint, _) =>
    {
        endpoint.DisabledAt = null;
        endpoint.GaveUp = false;
        return Task.CompletedTask;
    }, cancellationToken);

    /// <summary>Switches an endpoint off; what waits for it is not delivered.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="WebhookNotFound"/>.</returns>
    public Task<PortalError?> SwitchOffAsync(
        AgencyCaller caller, WebhookEndpointId id, CancellationToken cancellationToken) => ApplyAsync(caller, id, (db, endpoint, now) =>
    {
        endpoint.DisabledAt ??= now;
        endpoint.GaveUp = false;
        return WebhookLedger.DropAsync(db, id, cancellationToken);
    }, cancellationToken);

    /// <summary>
    /// Gives an endpoint a new secret; the old one signs beside it for <see cref="OldSecretLife"/>, the one before that no more.
    /// </summary>
    /// <returns>The endpoint with its secret, <see cref="NotAllowed"/> or <see cref="WebhookNotFound"/>.</returns>
    public async Task<Result<NewWebhook>> RenewSecretAsync(AgencyCaller caller, WebhookEndpointId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var secret = secrets.Make(caller.Agency, id);
        var url = "";
        var refusal = await ApplyAsync(caller, id, (_, endpoint, now) =>
        {
            endpoint.PreviousSecretProtected = endpoint.SecretProtected;
            endpoint.PreviousSecretUntil = now + OldSecretLife;
            endpoint.SecretProtected = secret.Protected;
            url = endpoint.Url;
            return Task.CompletedTask;
        }, cancellationToken);
        return refusal is null ? new NewWebhook(id, url, secret.Secret) : refusal;
    }

    /// <summary>Removes an endpoint with its log and all that waits for it.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="WebhookNotFound"/>.</returns>
    public async Task<PortalError?> RemoveAsync(AgencyCaller caller, WebhookEndpointId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var url = await db.WebhookEndpoints.Where(e => e.Id == id).Select(e => e.Url).SingleOrDefaultAsync(cancellationToken);
        if (url is null || await db.WebhookEndpoints.Where(e => e.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
            return new WebhookNotFound();
        Record(db, caller, AuditKind.WebhookRemoved, url, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<PortalError?> ApplyAsync(
        AgencyCaller caller, WebhookEndpointId id, Func<PortalDbContext, WebhookEndpoint, DateTimeOffset, Task> change,
        CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // one change after the other: each starts from what the last one left
        await UserChanges.HoldAsync(db, caller.Agency, cancellationToken);
        if (await db.WebhookEndpoints.SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } endpoint)
            return new WebhookNotFound();
        await change(db, endpoint, now);
        if (!db.ChangeTracker.HasChanges()) return null;
        Record(db, caller, AuditKind.WebhookChanged, endpoint.Url, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<Result<string>> ReadAsync(AgencyCaller caller, WebhookInput input, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        addresses.Read(input.Url, out var address);
        if (await addresses.MayBeCalledAsync(address!, cancellationToken)) return address!.AbsoluteUri;
        return new InputRefused(
            new Dictionary<string, string>
            {
                [nameof(WebhookInput.Url)] = WebhookInputValidator.WordsFor(text, WebhookAddressProblem.NotPublic)
            });
    }

    private static string[] TypesOf(WebhookInput input) => [.. WebhookEventTypes.All.Where(input.Types.Contains)];

    private void Record(PortalDbContext db, AgencyCaller caller, AuditKind kind, string url, DateTimeOffset now) =>
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), caller.Agency, now, kind, caller.Actor, null, null, url));
}

/// <summary>An endpoint as main users see it.</summary>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Url">Its address.</param>
/// <param name="Types">What it hears of; empty = all.</param>
/// <param name="CreatedByName">Who added it; the name at the time.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="DisabledAt">When it was switched off, UTC; null while it is on.</param>
/// <param name="GaveUp">Whether the portal switched it off.</param>
/// <param name="OldSecretUntil">Until when the secret before the last signs too, UTC; null when it does not.</param>
/// <param name="LastSuccessAt">When the newest delivery that it took was taken, UTC; null when the log has none.</param>
/// <param name="LastFailureAt">When the newest delivery that it has not taken was last tried, UTC; null when the log has none.</param>
public sealed record WebhookSummary(
    WebhookEndpointId Id, string Url, IReadOnlyList<string> Types, string CreatedByName, DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt, bool GaveUp,
    DateTimeOffset? OldSecretUntil, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastFailureAt);

/// <summary>An endpoint's secret, this once.</summary>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Url">Its address.</param>
/// <param name="Secret"><c>whsec_</c> and 32 bytes in base64.</param>
public sealed record NewWebhook(WebhookEndpointId Id, string Url, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"NewWebhook {Id}";
}
