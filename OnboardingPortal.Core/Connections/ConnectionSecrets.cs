using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Connections;

/// <summary>The credentials of connected accounts.</summary>
internal sealed class ConnectionSecrets(PortalDbContextFactory contexts, TimeProvider clock) : ISealedRows
{
    private const int RowsAtATime = 200;

    public async Task<IReadOnlyList<SealedRow>> ListAsync(AgencyId agency, long after, CancellationToken cancellationToken)
    {
        var from = ConnectionId.From(after);
        await using var db = contexts.Create(agency);
        var rows = await db.Connections.AsNoTracking().Where(c => c.Credentials != null && c.Id > from).OrderBy(c => c.Id).Take(RowsAtATime)
            .Select(c => new { c.Id, c.Platform, c.Credentials }).ToListAsync(cancellationToken);
        return [.. rows.Select(c => new SealedRow(c.Id.Value, c.Platform, c.Credentials!))];
    }

    public async Task<bool> ReplaceAsync(AgencyId agency, SealedRow row, byte[] secret, CancellationToken cancellationToken)
    {
        var id = ConnectionId.From(row.Id);
        var before = row.Secret;
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(agency);
        return await db.Connections
            // signed in anew meanwhile: under the newest key already
            .Where(c => c.Id == id && c.Credentials == before)
            // being renewed: what comes back is saved over these and no others
            .Where(c => c.RefreshClaimedUntil == null || c.RefreshClaimedUntil <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.Credentials, secret).SetProperty(c => c.CredentialsVersion, c => c.CredentialsVersion + 1),
                cancellationToken) > 0;
    }
}
