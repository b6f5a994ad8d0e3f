using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OnboardingPortal.Core.Platforms;

/// <summary>Measures calls to platforms: which platform, how long, and what kind of failure; never whose account or with what.</summary>
public sealed class PlatformMetrics(IMeterFactory meters, TimeProvider clock)
{
    private const string Platform = "portal.platform";

    private readonly Histogram<double> _duration = meters.Create(PortalTelemetry.Name).CreateHistogram(
        "portal.platform.call.duration", "s", "How long calls to platforms take, by platform and kind of failure.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30] });

    /// <summary>Measures one call; repeats are calls of their own.</summary>
    internal async Task<T> MeasureAsync<T>(PlatformKey platform, Func<Task<T>> call, Func<T, PlatformFailureKind?> failureOf)
    {
        using var activity = PortalTelemetry.Traces.StartActivity("platform call", ActivityKind.Client);
        activity?.SetTag(Platform, platform.Value);
        var begun = clock.GetTimestamp();
        var answer = await call();
        var tags = new TagList { { Platform, platform.Value } };
        if (failureOf(answer) is { } kind)
        {
            tags.Add(PortalTelemetry.ErrorType, kind.ToString());
            activity?.SetTag(PortalTelemetry.ErrorType, kind.ToString()).SetStatus(ActivityStatusCode.Error);
        }

        _duration.Record(clock.GetElapsedTime(begun).TotalSeconds, tags);
        return answer;
    }
}
