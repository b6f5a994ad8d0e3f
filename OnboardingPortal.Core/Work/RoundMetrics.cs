using System.Diagnostics;
using System.Diagnostics.Metrics;
using Quartz;

namespace OnboardingPortal.Core.Work;

/// <summary>Measures the rounds of jobs, and what they fail of.</summary>
public sealed class RoundMetrics : IJobListener
{
    /// <summary>What a round is called that left no result, as <see cref="RoundJob"/> does after a failure that it logged.</summary>
    private const string Failed = "failed";

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _items;

    /// <summary>Makes the instruments.</summary>
    public RoundMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PortalTelemetry.Name);
        _duration = meter.CreateHistogram(
            "portal.round.duration", "s", "How long rounds of jobs take, by job and whether they failed.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900] });
        _items = meter.CreateCounter<long>(
            "portal.round.failed_items", "{item}", "Single items that a round failed of; they rest, and the others go on.");
    }

    /// <inheritdoc />
    public string Name => nameof(RoundMetrics);

    /// <inheritdoc />
    public ValueTask JobWasExecuted(
        IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
    {
        if (jobException is not null) return ValueTask.CompletedTask; // interrupted, since the portal stops
        var tags = new TagList { { "portal.job", context.JobDetail.Key.Name } };
        if (context.Result is not int) tags.Add(PortalTelemetry.ErrorType, Failed);
        _duration.Record(context.JobRunTime.TotalSeconds, tags);
        return ValueTask.CompletedTask;
    }

    /// <summary>Counts an item that a round failed of.</summary>
    internal void NoteFailed(RoundKind round) => _items.Add(1, new KeyValuePair<string, object?>("portal.round", round.ToString()));
}
