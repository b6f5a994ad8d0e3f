using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Bulk;

/// <summary>The imports that are being sent; an import counts as due since it was made.</summary>
public sealed class ImportBacklog(PortalDbContextFactory contexts, TimeProvider clock) : IBacklog
{
    /// <inheritdoc />
    public string Name => "imports";

    /// <inheritdoc />
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await Sending(db).Take(IBacklog.MaxCounted).CountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<TimeSpan> AgeAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var first = await Sending(db).Select(i => (DateTimeOffset?)i.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return clock.GetUtcNow() - first is { Ticks: > 0 } age ? age : TimeSpan.Zero;
    }

    private static IQueryable<BulkImport> Sending(PortalDbContext db) =>
        db.BulkImports.IgnoreQueryFilters().Where(i => i.State == BulkImportState.Sending).OrderBy(i => i.Id); // ids rise with time
}
