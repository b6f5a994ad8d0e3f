using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Bulk;

/// <summary>Ends the sending of an import, once, and notes how many requests it made.</summary>
internal static class BulkEnding
{
    /// <returns>False when it is not being sent.</returns>
    public static async Task<bool> EndAsync(
        PortalDbContext db, TimeProvider clock, BulkImportId id, BulkImportState how, Actor by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await db.BulkImports.Where(i => i.Id == id && i.State == BulkImportState.Sending)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.State, how).SetProperty(i => i.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
        if (ended == 0) return false;
        var sent = await db.BulkRows.CountAsync(r => r.ImportId == id && r.State == BulkRowState.Sent, cancellationToken);
        if (sent > 0)
        {
            db.AuditEvents.Add(new AuditEvent(
                AuditEventId.New(clock), db.Tenant, clock.GetUtcNow(), AuditKind.ImportSent, by, null, null,
                sent.ToString(CultureInfo.InvariantCulture)));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
