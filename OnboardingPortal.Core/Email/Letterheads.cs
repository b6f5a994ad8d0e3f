using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Email;

/// <summary>What all mails of an agency share.</summary>
internal sealed record Letterhead(Agency Agency, ClientBrand Brand);

/// <summary>The letterheads of one batch of mails, each read once, when its first mail is put into words.</summary>
internal sealed class Letterheads(PortalDbContextFactory contexts, ClientBrands brands, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<AgencyId, Lazy<Task<Letterhead>>> _read = new();

    public Task<Letterhead> FindAsync(AgencyId agency) => _read.GetOrAdd(agency, id => new Lazy<Task<Letterhead>>(() => ReadAsync(id))).Value;

    private async Task<Letterhead> ReadAsync(AgencyId id)
    {
        await using var db = contexts.Create(id);
        return new Letterhead(await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken), await brands.FindAsync(id, cancellationToken));
    }
}
