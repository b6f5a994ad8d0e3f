using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Endpoints as one transaction after the other holds them. SQLite has one writer at a time.</summary>
internal static class WebhookRows
{
    extension(PortalDbContext db)
    {
        /// <summary>Holds an endpoint until the transaction ends: its deliveries are claimed and ended by one after the other.</summary>
        public Task LockEndpointAsync(WebhookEndpointId endpoint, CancellationToken cancellationToken) => db is PostgresPortalDbContext
            ? db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM webhook_endpoints WHERE "Id" = {endpoint.Value} FOR NO KEY UPDATE""", cancellationToken)
            : Task.CompletedTask;

        /// <summary>
        /// The agency's endpoints that are on, held until the transaction ends: none of them is removed before what is written for it.
        /// </summary>
        public Task<List<WebhookEndpoint>> ListListeningAsync(AgencyId agency, CancellationToken cancellationToken)
        {
            var on = db is PostgresPortalDbContext
                ? db.WebhookEndpoints.FromSql(
                    $"""SELECT * FROM webhook_endpoints WHERE "AgencyId" = {agency.Value} AND "DisabledAt" IS NULL FOR KEY SHARE""")
                : db.WebhookEndpoints.Where(e => e.AgencyId == agency && e.DisabledAt == null);
            return on.IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
        }
    }
}
