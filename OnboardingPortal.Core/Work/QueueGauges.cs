using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Shows how much work waits and for how long. It is read every 15 seconds, and never because somebody asks: whoever scrapes often costs
/// the database nothing. Every node shows the same numbers, since all of them share the queues; while the database is away it shows none.
/// </summary>
public sealed partial class QueueGauges : BackgroundService
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, (int Count, TimeSpan Age)> _read = new();
    private readonly IReadOnlyList<IBacklog> _queues;
    private readonly TimeProvider _clock;
    private readonly ILogger<QueueGauges> _logger;

    /// <summary>Makes the instruments.</summary>
    public QueueGauges(IEnumerable<IBacklog> queues, IMeterFactory meters, TimeProvider clock, ILogger<QueueGauges> logger)
    {
        _queues = [.. queues];
        _clock = clock;
        _logger = logger;
        var meter = meters.Create(PortalTelemetry.Name);
        meter.CreateObservableGauge(
            "portal.queue.depth", () => _read.Select(q => Of(q.Key, (long)q.Value.Count)), "{item}",
            "What waits in a queue, due or not; 100000 stand for as many or more.");
        meter.CreateObservableGauge(
            "portal.queue.age", () => _read.Select(q => Of(q.Key, q.Value.Age.TotalSeconds)), "s",
            "For how long the longest due of a queue has been due.");
    }

    /// <summary>Reads all queues once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _queues)
        {
            try
            {
                _read[queue.Name] = (await queue.CountAsync(cancellationToken), await queue.AgeAsync(cancellationToken));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                _read.TryRemove(queue.Name, out _);
                if (!DatabaseTrouble.IsLogged(exception)) LogUnread(exception, queue.Name);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReadEvery, _clock);
        do await ReadAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static Measurement<T> Of<T>(string queue, T value)
        where T : struct => new(value, new KeyValuePair<string, object?>("portal.queue", queue));

    [LoggerMessage(EventId = 1205, Level = LogLevel.Warning, Message = "How much waits in the queue {Queue} could not be read")]
    private partial void LogUnread(Exception exception, string queue);
}
