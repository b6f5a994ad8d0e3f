using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Lets each item of a background round stand alone: one that fails is logged, rests with growing pauses, on every node, and stops no
/// other. What keeps failing is shown to main users.
/// </summary>
public sealed partial class RoundItems(
    PortalDbContextFactory contexts, RoundMetrics metrics, TimeProvider clock, ILogger<RoundItems> logger)
{
    /// <summary>How often an item fails in a row before main users see it.</summary>
    public const int SeenAfter = 3;

    private const int MaxListed = 20;
    private static readonly Pauses Pauses = Pauses.Doubling(TimeSpan.FromMinutes(1), TimeSpan.FromHours(6));

    /// <summary>How long after its rest an item that no round takes up again is remembered: longer than the rarest round's pause.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(26);

    /// <summary>What keeps failing, the longest first; nothing for sub-users.</summary>
    public async Task<IReadOnlyList<StandingTrouble>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return [];
        var remembered = clock.GetUtcNow() - Memory;
        await using var db = contexts.Create(caller.Agency);
        return await db.RestingItems.Where(i => i.Failures >= SeenAfter && i.RestsUntil > remembered).OrderBy(i => i.Since).Take(MaxListed)
            .Select(i => new StandingTrouble(i.Round, i.Item, i.Since, i.RestsUntil)).ToListAsync(cancellationToken);
    }

    /// <summary>Begins a round: what failed of it before is read once for all its items.</summary>
    internal async Task<Round> BeginAsync(RoundKind kind, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var known = await db.RestingItems.IgnoreQueryFilters().AsNoTracking().Where(i => i.Round == kind).ToListAsync(cancellationToken);
        return new Round(this, kind, known.ToDictionary(i => i.Item, i => i.RestsUntil), clock.GetUtcNow());
    }

    /// <summary>One round of forgetting items that no round takes up any more.</summary>
    /// <returns>How many were forgotten.</returns>
    internal async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Memory;
        await using var db = contexts.CreateForSystem();
        return await db.RestingItems.IgnoreQueryFilters().Where(i => i.RestsUntil <= before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Notes a failure. When even that cannot be written it is the database's trouble, which ends the round.</summary>
    private async Task NoteAsync(RoundKind kind, AgencyId agency, string item, Exception failure, CancellationToken cancellationToken)
    {
        if (!DatabaseTrouble.IsLogged(failure)) LogFailed(failure, kind, item, agency);
        metrics.NoteFailed(kind);
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(agency);
        var known = await db.RestingItems.AsNoTracking().SingleOrDefaultAsync(i => i.Round == kind && i.Item == item, cancellationToken);
        if (known is null)
        {
            db.RestingItems.Add(new RestingItem(kind, agency, item, now, Pauses.After(1)));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (WriteConflict.Is(exception))
            {
                // Another node failed of it at the same instant, and it rests already.
            }

            return;
        }

        var until = now + Pauses.After(known.Failures + 1);
        await db.RestingItems.Where(i => i.Round == kind && i.Item == item && i.Failures == known.Failures).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Failures, i => i.Failures + 1).SetProperty(i => i.FailedAt, now)
                .SetProperty(i => i.RestsUntil, until), cancellationToken);
    }

    private async Task MendedAsync(RoundKind kind, AgencyId agency, string item, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        await db.RestingItems.Where(i => i.Round == kind && i.Item == item).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "{Round} failed of {Item} of agency {Agency}: it rests, and the "
        + "others go on")]
    private partial void LogFailed(Exception exception, RoundKind round, string item, AgencyId agency);

    /// <summary>One round over items that stand alone; some may be done side by side.</summary>
    internal sealed class Round(RoundItems items, RoundKind kind, Dictionary<string, DateTimeOffset> known, DateTimeOffset now)
    {
        private readonly HashSet<string> _resting = [.. known.Where(k => k.Value > now).Select(k => k.Key)]; // also the lock of both

        /// <summary>What is to be left alone in this round; queries leave it out, so that many of them hide no other.</summary>
        public List<string> Resting
        {
            get
            {
                lock (_resting) return [.. _resting];
            }
        }

        /// <summary>The same, where all items are ids.</summary>
        public List<T> RestingIds<T>()
            where T : struct, IId<T> => Ids<T>(Resting);

        /// <summary>What failed before and may be tried again, where all items are ids.</summary>
        public List<T> RestedIds<T>()
            where T : struct, IId<T>
        {
            lock (_resting) return Ids<T>(known.Where(k => k.Value <= now).Select(k => k.Key));
        }

        /// <summary>Does an item's part, unless it rests.</summary>
        /// <returns>Whether it was done; the part itself tells by an exception that it was not.</returns>
        public async Task<bool> TryAsync(AgencyId agency, string item, Func<Task> part, CancellationToken cancellationToken)
        {
            lock (_resting)
            {
                if (_resting.Contains(item)) return false;
            }

            try
            {
                await part();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                await items.NoteAsync(kind, agency, item, exception, cancellationToken);
                lock (_resting) _resting.Add(item);
                return false;
            }

            bool hadFailed;
            lock (_resting) hadFailed = known.Remove(item);
            if (hadFailed) await items.MendedAsync(kind, agency, item, cancellationToken);
            return true;
        }

        /// <summary>The same for an item with an id.</summary>
        public Task<bool> TryAsync<T>(AgencyId agency, T id, Func<Task> part, CancellationToken cancellationToken)
            where T : struct, IId<T> => TryAsync(agency, id.Value.ToString(CultureInfo.InvariantCulture), part, cancellationToken);

        private static List<T> Ids<T>(IEnumerable<string> items)
            where T : struct, IId<T> => [.. items.Select(i => T.From(long.Parse(i, CultureInfo.InvariantCulture)))];
    }
}

/// <summary>Something that a background round keeps failing of.</summary>
/// <param name="Round">What the portal tries.</param>
/// <param name="Item">What it fails of: an id, or what the round calls it.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="NextTryAt">When it is tried again, UTC.</param>
public sealed record StandingTrouble(RoundKind Round, string Item, DateTimeOffset Since, DateTimeOffset NextTryAt);
