using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Core.Data;

/// <summary>The model on PostgreSQL, and the owner of its migrations.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options)
{
    internal override IQueryable<FoundRequest> SearchRequests(AgencyId agency, string search)
    {
        var match = RequestSearch.ForPostgres(agency, search);
        return Set<FoundRequest>().FromSql(
            $"""SELECT "Id" FROM requests WHERE to_tsvector('simple', "SearchText") @@ to_tsquery('simple', {match})""");
    }

    internal override Task<AuditHead?> LockAuditHeadAsync(AgencyId agency, CancellationToken cancellationToken) =>
        AuditHeads.FromSql($"""SELECT * FROM audit_heads WHERE "AgencyId" = {agency.Value} FOR UPDATE""").IgnoreQueryFilters()
            .SingleOrDefaultAsync(cancellationToken);

    internal override async Task<AuditHead> BeginAuditChainAsync(AuditHead head, CancellationToken cancellationToken)
    {
        await Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_heads ("AgencyId", "Sequence", "Seal", "Proof", "WrappedKey", "MasterKeyId")
            VALUES ({head.AgencyId.Value}, {head.Sequence}, {head.Seal}, {head.Proof}, {head.WrappedKey}, {head.MasterKeyId}) ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return (await LockAuditHeadAsync(head.AgencyId, cancellationToken))!;
    }

    internal override IQueryable<EmailMessage> LockDueMails(
        AgencyId agency, bool isAwaited, DateTimeOffset now, int most) => EmailMessages.FromSql(
        $"""
        SELECT * FROM email_messages WHERE "AgencyId" = {agency.Value} AND "IsAwaited" = {isAwaited} AND "State" = 'Queued' AND "NextAttemptAt" <= {now}
        ORDER BY "NextAttemptAt" LIMIT {most} FOR UPDATE SKIP LOCKED
        """).IgnoreQueryFilters();

    internal override Task LockEndpointAsync(WebhookEndpointId endpoint, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"""SELECT 1 FROM webhook_endpoints WHERE "Id" = {endpoint.Value} FOR NO KEY UPDATE""", cancellationToken);

    internal override Task<List<WebhookEndpoint>> ListListeningAsync(AgencyId agency, CancellationToken cancellationToken) =>
        WebhookEndpoints.FromSql(
            $"""SELECT * FROM webhook_endpoints WHERE "AgencyId" = {agency.Value} AND "DisabledAt" IS NULL FOR KEY SHARE""")
            .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);

    internal override Task AnnounceAsync(AgencyId agency, RequestId request, CancellationToken cancellationToken)
    {
        var told = new RequestAnnouncement(RequestAnnouncement.ThisNode, agency, request).ToString();
        return Database.ExecuteSqlAsync($"SELECT pg_notify({RequestAnnouncement.Channel}, {told})", cancellationToken);
    }

    internal override Task AnnounceAsync(AgencyUserId user, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_notify({SessionFeed.Channel}, {user.ToString()})", cancellationToken);

    internal override Task NotifyAsync(string channel, string words, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_notify({channel}, {words})", cancellationToken);
}
