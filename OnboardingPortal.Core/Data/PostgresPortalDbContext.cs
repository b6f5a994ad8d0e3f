using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Data;

/// <summary>The model on PostgreSQL, and the owner of its migrations.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options)
{
    internal override IQueryable<EmailMessage> LockDueMails(
        AgencyId agency, bool isAwaited, DateTimeOffset now, int most) => EmailMessages.FromSql(
        $"""
        SELECT * FROM email_messages
        WHERE "AgencyId" = {agency.Value} AND "IsAwaited" = {isAwaited} AND "State" = 'Queued' AND "NextAttemptAt" <= {now}
        ORDER BY "NextAttemptAt" LIMIT {most} FOR UPDATE SKIP LOCKED
        """).IgnoreQueryFilters();

    internal override Task NotifyAsync(string channel, string payload, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_notify({channel}, {payload})", cancellationToken);
}
