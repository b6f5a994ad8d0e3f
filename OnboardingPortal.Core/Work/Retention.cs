using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>Deletes rows that nobody needs any more, each kind after its period (<see cref="RetentionOptions"/>).</summary>
public sealed class Retention(
    PortalDbContextFactory contexts, IEnumerable<OldRows> kinds, IOptions<RetentionOptions> options, RoundItems items, TimeProvider clock)
{
    /// <summary>One round over all agencies.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.Retention, cancellationToken);
        var deleted = await items.ForgetAsync(cancellationToken);
        await using var all = contexts.CreateForSystem();
        foreach (var agency in await all.AgencyIds.ToListAsync(cancellationToken))
        {
            await using var db = contexts.Create(agency);
            foreach (var kind in kinds)
            {
                await round.TryAsync(
                    agency, $"{kind.Name}/{agency}",
                    async () => deleted += await kind.DeleteAsync(db, options.Value, now, cancellationToken), cancellationToken);
            }
        }

        return deleted;
    }
}
