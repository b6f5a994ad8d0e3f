using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Connections;

/// <summary>The credentials of agencies' own Facebook users. An agency has few of them, so they are read all at once.</summary>
internal sealed class AgencyFacebookSecrets(PortalDbContextFactory contexts) : ISealedRows
{
    public async Task<IReadOnlyList<SealedRow>> ListAsync(AgencyId agency, long after, CancellationToken cancellationToken)
    {
        if (after > 0) return [];
        await using var db = contexts.Create(agency);
        var users = await db.FacebookUsers.AsNoTracking().Where(u => u.Credentials != null).OrderBy(u => u.Id)
            .Select(u => new { u.Id, u.Credentials }).ToListAsync(cancellationToken);
        return [.. users.Select(u => new SealedRow(u.Id.Value, FacebookDefaults.Key, u.Credentials!))];
    }

    public async Task<bool> ReplaceAsync(AgencyId agency, SealedRow row, byte[] secret, CancellationToken cancellationToken)
    {
        var id = AgencyFacebookUserId.From(row.Id);
        var before = row.Secret;
        await using var db = contexts.Create(agency);
        return await db.FacebookUsers.Where(u => u.Id == id && u.Credentials == before)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Credentials, secret), cancellationToken) > 0;
    }
}
