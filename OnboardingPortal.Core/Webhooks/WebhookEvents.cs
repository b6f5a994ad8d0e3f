using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// Writes what happened for each endpoint that hears of it, in the transaction that notes it in the audit trail: what is rolled back was
/// never told. An agency without endpoints costs one look into an index.
/// </summary>
internal sealed class WebhookEvents(PortalAddress address, WebhookSignal signal, TimeProvider clock) : IAuditListener
{
    public async Task HearAsync(PortalDbContext db, IReadOnlyList<AuditEvent> happened, CancellationToken cancellationToken)
    {
        foreach (var ofAgency in happened.Where(e => WebhookEventTypes.Find(e.Kind) is not null).GroupBy(e => e.AgencyId))
        {
            var endpoints = await db.ListListeningAsync(ofAgency.Key, cancellationToken);
            if (endpoints.Count == 0) continue;
            foreach (var item in ofAgency.OrderBy(e => e.Id.Value))
            {
                var type = WebhookEventTypes.Find(item.Kind)!;
                var hearing = endpoints.Where(e => e.Hears(type.Name)).ToList();
                if (hearing.Count == 0) continue;
                var payload = WebhookPayload.Of(type, item, await StatusAsync(db, item, cancellationToken), address.Public);
                db.WebhookDeliveries.AddRange(hearing.Select(endpoint => new WebhookDelivery(
                    WebhookDeliveryId.New(clock), endpoint, $"msg_{item.Id}", type.Name, payload, item.RequestId, clock.GetUtcNow())));
                db.AfterCommit += signal.Wake;
            }
        }
    }

    private static async Task<RequestStatus?> StatusAsync(PortalDbContext db, AuditEvent item, CancellationToken cancellationToken)
    {
        if (item.RequestId is not { } id) return null;
        return db.ChangeTracker.Entries<OnboardingRequest>().FirstOrDefault(e => e.Entity.Id == id)?.Entity.Status
            ?? await db.Requests.IgnoreQueryFilters().Where(r => r.Id == id && r.AgencyId == item.AgencyId)
                .Select(r => (RequestStatus?)r.Status).SingleOrDefaultAsync(cancellationToken);
    }
}
