using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>What was delivered to an endpoint, or was not: for main users, who can have it delivered again.</summary>
public sealed class WebhookLog(PortalDbContextFactory contexts, WebhookSignal signal, TimeProvider clock)
{
    /// <summary>An endpoint's deliveries, newest first.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="before">Only deliveries older than this one; null = from the newest.</param>
    /// <param name="size">At most so many, 1 to 200.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The deliveries, <see cref="NotAllowed"/> or <see cref="WebhookNotFound"/>.</returns>
    public async Task<Result<WebhookLogPage>> ListAsync(
        AgencyCaller caller, WebhookEndpointId id, WebhookDeliveryId? before, int size, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        if (!await db.WebhookEndpoints.AnyAsync(e => e.Id == id, cancellationToken)) return new WebhookNotFound();
        var deliveries = db.WebhookDeliveries.AsNoTracking().Where(d => d.EndpointId == id);
        if (before is { } last) deliveries = deliveries.Where(d => d.Id < last);
        size = Math.Clamp(size, 1, 200);
        var found = await deliveries.OrderByDescending(d => d.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new WebhookLogPage([.. found.Take(size)], found.Count > size);
    }

    /// <summary>
    /// Delivers an event again with the same id and body: at once when it waits for its next attempt, otherwise as a delivery of its own.
    /// </summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="WebhookDeliveryNotFound"/> or <see cref="WebhookSwitchedOff"/>.</returns>
    public async Task<PortalError?> RedeliverAsync(AgencyCaller caller, WebhookDeliveryId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var now = clock.GetUtcNow();
        if (await db.WebhookDeliveries.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is not { } delivery)
            return new WebhookDeliveryNotFound();
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == delivery.EndpointId, cancellationToken);
        if (endpoint.DisabledAt is not null) return new WebhookSwitchedOff();
        if (delivery.State == WebhookDeliveryState.Queued)
        {
            // An attempt that runs keeps its lease.
            await db.WebhookDeliveries.Where(
                d => d.Id == id && d.State == WebhookDeliveryState.Queued && (d.Attempts == 0 || d.LastAttemptAt != null))
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, now), cancellationToken);
        }
        else
        {
            db.WebhookDeliveries.Add(
                new WebhookDelivery(
                    WebhookDeliveryId.New(clock), endpoint, delivery.MessageId, delivery.Type, delivery.Payload, delivery.RequestId, now));
            await db.SaveChangesAsync(cancellationToken);
        }

        signal.Wake();
        return null;
    }

    /// <summary>Sends an endpoint an event of the type <see cref="WebhookEventTypes.Test"/>, whatever it hears of otherwise.</summary>
    /// <returns>The delivery, <see cref="NotAllowed"/>, <see cref="WebhookNotFound"/> or <see cref="WebhookSwitchedOff"/>.</returns>
    public async Task<Result<WebhookDeliveryId>> SendTestAsync(
        AgencyCaller caller, WebhookEndpointId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        if (await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } endpoint)
            return new WebhookNotFound();
        if (endpoint.DisabledAt is not null) return new WebhookSwitchedOff();
        var delivery = WebhookDeliveryId.New(clock);
        var now = clock.GetUtcNow();
        db.WebhookDeliveries.Add(
            new WebhookDelivery(delivery, endpoint, $"msg_{delivery}", WebhookEventTypes.Test, WebhookPayload.Test(id, now), null, now));
        await db.SaveChangesAsync(cancellationToken);
        signal.Wake();
        return delivery;
    }
}

/// <summary>A page of an endpoint's log.</summary>
/// <param name="Deliveries">Newest first.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
public sealed record WebhookLogPage(IReadOnlyList<WebhookDelivery> Deliveries, bool HasOlder);
