using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Reads the Hub. Whoever asks while a reading runs shares the next one, so that a burst of changes costs two readings, however many
/// people watch.
/// </summary>
public sealed class HubReader(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>How many weeks there are, with the running one.</summary>
    public const int ShownWeeks = 12;

    /// <summary>How long a request may rest after its link was opened.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromDays(2);

    /// <summary>Which completions the median is made of.</summary>
    public static readonly TimeSpan MedianOver = TimeSpan.FromDays(90);

    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    private readonly Dictionary<RequestScope, Flight> _flights = [];

    /// <summary>The Hub as of now or a little later, never earlier.</summary>
    public Task<HubView> ReadAsync(RequestScope scope, CancellationToken cancellationToken)
    {
        lock (_flights)
        {
            if (_flights.TryGetValue(scope, out var flight)) flight.Next ??= RunAsync(scope, flight, flight.Running);
            else
            {
                _flights[scope] = flight = new Flight();
                flight.Running = RunAsync(scope, flight, before: null);
            }

            return (flight.Next ?? flight.Running).WaitAsync(cancellationToken);
        }
    }

    private Task<HubView> RunAsync(RequestScope scope, Flight flight, Task<HubView>? before) => Task.Run(async () =>
    {
        if (before is not null)
        {
            await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_flights) (flight.Running, flight.Next) = (flight.Next!, null);
        }

        try
        {
            return await ReadNowAsync(scope);
        }
        finally
        {
            lock (_flights)
            {
                if (flight.Next is null) _flights.Remove(scope);
            }
        }
    });

    private async Task<HubView> ReadNowAsync(RequestScope scope)
    {
        var now = clock.GetUtcNow();
        var monday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-(((int)now.UtcDateTime.DayOfWeek + 6) % 7));
        var first = monday.AddDays(-7 * (ShownWeeks - 1));
        var start = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);

        await using var db = contexts.Create(scope.Agency);
        var alive = db.RequestsIn(scope).AsNoTracking();
        var pending = await CountAsync(alive.Where(r => r.Status == RequestStatus.Pending));
        var connected = await CountAsync(alive.Where(r => r.Status == RequestStatus.Connected));
        var expired = await CountAsync(alive.Where(r => r.Status == RequestStatus.Expired));
        var stuck = await CountAsync(Problems(alive)) + await CountAsync(Resting(alive, now));

        var since = now - MedianOver < start ? now - MedianOver : start;
        var completions = await alive.Where(r => r.CompletedAt != null && r.CompletedAt >= since)
            .Select(r => new { r.RequestedAt, CompletedAt = r.CompletedAt!.Value }).ToListAsync();
        // Ids rise with time, so the index on them leaves out all that is older.
        var older = new RequestId(TimeOrderedId.First(start) - 1);
        var sent = await alive.Where(r => r.Id > older && r.Status != RequestStatus.Draft && r.RequestedAt >= start).Select(r => r.RequestedAt).ToListAsync();

        var (sentIn, completedIn) = (new int[ShownWeeks], new int[ShownWeeks]);
        foreach (var at in sent) Count(sentIn, at);
        foreach (var done in completions) Count(completedIn, done.CompletedAt);
        return new HubView(
            new HubNumbers(pending, connected, completions.Count(c => c.CompletedAt >= now - Lately), expired, stuck),
            MedianOf([.. completions.Where(c => c.CompletedAt >= now - MedianOver).Select(c => c.CompletedAt - c.RequestedAt)]),
            [.. Enumerable.Range(0, ShownWeeks).Select(week => new HubWeek(first.AddDays(7 * week), sentIn[week], completedIn[week]))],
            await HubNeeds.ListAsync(db, alive, now));

        void Count(int[] weeks, DateTimeOffset at)
        {
            var week = (int)Math.Floor((at - start).TotalDays / 7);
            if (week is >= 0 and < ShownWeeks) weeks[week]++;
        }
    }

    internal static IQueryable<OnboardingRequest> Problems(IQueryable<OnboardingRequest> alive) => alive.Where(r => r.HasProblem);

    /// <summary>Opened, without a problem, and yet nothing moved for <see cref="StuckAfter"/>.</summary>
    internal static IQueryable<OnboardingRequest> Resting(IQueryable<OnboardingRequest> alive, DateTimeOffset now)
    {
        var limit = now - StuckAfter;
        return alive.Where(r => r.Status == RequestStatus.Pending && r.OpenedAt != null && r.ActivityAt <= limit && !r.HasProblem);
    }

    private static Task<int> CountAsync(IQueryable<OnboardingRequest> requests) => requests.Take(RequestTable.MostCounted).CountAsync();

    private static HubMedian? MedianOf(List<TimeSpan> times)
    {
        if (times.Count == 0) return null;
        times.Sort();
        var upper = times[times.Count / 2];
        return new HubMedian(times.Count % 2 == 1 ? upper : (times[(times.Count / 2) - 1] + upper) / 2, times.Count);
    }

    /// <summary>The reading that runs for a scope, and the one after it for whoever asked meanwhile.</summary>
    private sealed class Flight
    {
        public Task<HubView> Running { get; set; } = null!;

        public Task<HubView>? Next { get; set; }
    }
}
