using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Reads the Hub. Anybody who asks while a reading runs shares the next one, so that a burst of changes costs two readings, however many
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
            lock (_flights)
            {
                flight.Running = flight.Next!;
                flight.Next = null;
            }
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
        var pending = await CountAsync(alive.Where(r => r.Status == RequestStatus.Pending).OrderBy(r => r.Id));
        var connected = await CountAsync(alive.Where(r => r.Status == RequestStatus.Connected).OrderBy(r => r.Id));
        var expired = await CountAsync(alive.Where(r => r.Status == RequestStatus.Expired).OrderBy(r => r.Id));
        var stuck = await CountAsync(Problems(alive).OrderBy(r => r.ActivityAt))
            + await CountAsync(Resting(alive, now).OrderBy(r => r.ActivityAt));

        var completions = alive.Where(r => r.CompletedAt != null);
        // Ids rise with time, so the index on them leaves out all that is older.
        var older = RequestId.From(TimeOrderedId.First(start) - 1);
        var sent = alive.Where(r => r.Id > older && r.Status != RequestStatus.Draft && r.RequestedAt >= start);
        var lately = now - Lately;
        var sentIn = await CountByWeekAsync(sent, r => r.RequestedAt, start);
        var completedIn = await CountByWeekAsync(completions.Where(r => r.CompletedAt >= start), r => r.CompletedAt!.Value, start);
        return new HubView(
            new HubNumbers(pending, connected, await completions.CountAsync(r => r.CompletedAt >= lately), expired, stuck),
            await MedianAsync(completions, now - MedianOver),
            [.. Enumerable.Range(0, ShownWeeks).Select(week => new HubWeek(first.AddDays(7 * week), sentIn[week], completedIn[week]))],
            await PendingTasks.ListAsync(db, alive, now));
    }

    /// <summary>How many requests have a moment in each of the shown weeks; counted by the database.</summary>
    private static async Task<int[]> CountByWeekAsync(
        IQueryable<OnboardingRequest> requests, Expression<Func<OnboardingRequest, DateTimeOffset>> moment, DateTimeOffset start)
    {
        // The week's number as one expression: before the second Monday 0, else before the third 1, and so on.
        Expression week = Expression.Constant(ShownWeeks - 1);
        for (var i = ShownWeeks - 2; i >= 0; i--)
        {
            var isBefore = Expression.LessThan(moment.Body, Expression.Constant(start.AddDays(7 * (i + 1))));
            week = Expression.Condition(isBefore, Expression.Constant(i), week);
        }

        var weekOf = Expression.Lambda<Func<OnboardingRequest, int>>(week, moment.Parameters);
        var counts = await requests.GroupBy(weekOf).Select(g => new { Week = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Week, g => g.Count);
        return [.. Enumerable.Range(0, ShownWeeks).Select(i => counts.GetValueOrDefault(i))];
    }

    /// <summary>The middle one of how long completions took; put in order by the database.</summary>
    private static async Task<HubMedian?> MedianAsync(IQueryable<OnboardingRequest> completions, DateTimeOffset since)
    {
        var lately = completions.Where(r => r.CompletedAt >= since);
        var count = await lately.CountAsync();
        if (count == 0) return null;
        var middle = await lately.OrderBy(r => r.CompletedAt!.Value - r.RequestedAt).ThenBy(r => r.Id).Skip((count - 1) / 2)
            .Take(2 - (count % 2))
            .Select(r => new { r.RequestedAt, CompletedAt = r.CompletedAt!.Value }).ToListAsync();
        return middle.Count == 0
            ? null
            : new HubMedian(middle.Aggregate(TimeSpan.Zero, (sum, r) => sum + (r.CompletedAt - r.RequestedAt)) / middle.Count, count);
    }

    internal static IQueryable<OnboardingRequest> Problems(IQueryable<OnboardingRequest> alive) => alive.Where(r => r.HasProblem);

    /// <summary>Opened, without a problem, and yet nothing moved for <see cref="StuckAfter"/>.</summary>
    internal static IQueryable<OnboardingRequest> Resting(IQueryable<OnboardingRequest> alive, DateTimeOffset now)
    {
        var limit = now - StuckAfter;
        return alive.Where(r => r.Status == RequestStatus.Pending && r.OpenedAt != null && r.ActivityAt <= limit && !r.HasProblem);
    }

    private static Task<int> CountAsync(IOrderedQueryable<OnboardingRequest> requests) =>
        requests.Take(RequestTable.MaxCounted).CountAsync();

    /// <summary>The reading that runs for a scope, and the one after it for those who asked meanwhile.</summary>
    private sealed class Flight
    {
        public Task<HubView> Running { get; set; } = null!;

        public Task<HubView>? Next { get; set; }
    }
}
