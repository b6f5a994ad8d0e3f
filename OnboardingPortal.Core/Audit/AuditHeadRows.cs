using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Audit;

/// <summary>The ends of chains as one transaction after the other holds them. SQLite has one writer at a time.</summary>
internal static class AuditHeadRows
{
    extension(PortalDbContext db)
    {
        /// <summary>The end of an agency's audit chain, held until the transaction ends; null when it is gone.</summary>
        public Task<AuditHead?> LockAuditHeadAsync(AgencyId agency, CancellationToken cancellationToken) => db is PostgresPortalDbContext
            ? db.AuditHeads.FromSql($"""SELECT * FROM audit_heads WHERE "AgencyId" = {agency.Value} FOR UPDATE""").IgnoreQueryFilters()
                .SingleOrDefaultAsync(cancellationToken)
            : db.AuditHeads.IgnoreQueryFilters().SingleOrDefaultAsync(h => h.AgencyId == agency, cancellationToken);

        /// <summary>
        /// Begins an agency's audit chain, unless another transaction was quicker: the end that is now there, held until the transaction
        /// ends.
        /// </summary>
        public async Task<AuditHead> BeginAuditChainAsync(AuditHead head, CancellationToken cancellationToken)
        {
            if (db is not PostgresPortalDbContext)
            {
                db.AuditHeads.Add(head);
                return head;
            }

            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO audit_heads ("AgencyId", "Sequence", "Seal", "Proof", "WrappedKey", "MasterKeyId")
                VALUES ({head.AgencyId.Value}, {head.Sequence}, {head.Seal}, {head.Proof}, {head.WrappedKey}, {head.MasterKeyId})
                ON CONFLICT DO NOTHING
                """,
                cancellationToken);
            return (await db.LockAuditHeadAsync(head.AgencyId, cancellationToken))!;
        }
    }
}
