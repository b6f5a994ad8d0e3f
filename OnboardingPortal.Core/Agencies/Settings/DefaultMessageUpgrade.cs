using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Gives agencies from before default messages had languages the portal's own one in each, where they never changed it. What an agency
/// wrote itself stays what everybody reads.
/// </summary>
public sealed class DefaultMessageUpgrade(PortalDbContextFactory contexts)
{
    /// <summary>Does it for every agency it was not done for.</summary>
    /// <param name="english">The message that a new agency starts with.</param>
    /// <param name="german">The same in German.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task CompleteAsync(string english, string german, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var without = db.Agencies.Where(a => a.GermanDefaultMessage == null);
        foreach (var old in await without.Select(a => new { a.Id, a.DefaultMessage }).ToListAsync(cancellationToken))
        {
            var isOurs = IsSame(old.DefaultMessage, english) || IsSame(old.DefaultMessage, german);
            var (first, second) = isOurs ? (english, german) : (old.DefaultMessage, "");
            await without.Where(a => a.Id == old.Id && a.DefaultMessage == old.DefaultMessage).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.DefaultMessage, first).SetProperty(a => a.GermanDefaultMessage, second), cancellationToken);
        }
    }

    private static bool IsSame(string one, string other) => one.ReplaceLineEndings().Trim() == other.ReplaceLineEndings().Trim();
}
