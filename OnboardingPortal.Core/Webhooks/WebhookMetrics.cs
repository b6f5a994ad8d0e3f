using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Measures how receivers of webhooks answer. Nothing says which receiver it was: its address may hold a secret.</summary>
public sealed class WebhookMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _givenUp;
    private readonly TimeProvider _clock;

    /// <summary>Makes the instruments.</summary>
    public WebhookMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(PortalTelemetry.Name);
        _duration = meter.CreateHistogram<double>(
            "portal.webhook.duration", "s", "How long receivers of webhooks take to answer, by what they answer.");
        _lag = meter.CreateHistogram(
            "portal.webhook.lag", "s", "From the moment something happened until a receiver took the event.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400, 259200] });
        _givenUp = meter.CreateCounter<long>("portal.webhook.given_up", "{webhook}", "Webhooks switched off since they no longer answer.");
    }

    /// <summary>Counts a webhook that was switched off.</summary>
    internal void NoteGivenUp() => _givenUp.Add(1);

    /// <summary>Measures an attempt.</summary>
    internal async Task<WebhookAnswer> MeasureAsync(WebhookDelivery delivery, Func<Task<WebhookAnswer>> attempt)
    {
        using var activity = PortalTelemetry.Traces.StartActivity("webhook attempt", ActivityKind.Client);
        var begun = _clock.GetTimestamp();
        var answer = await attempt();
        var tags = new TagList();
        if (!answer.IsTaken) tags.Add(PortalTelemetry.ErrorType, FailureOf(answer));
        _duration.Record(_clock.GetElapsedTime(begun).TotalSeconds, tags);
        if (answer.IsTaken) _lag.Record((_clock.GetUtcNow() - delivery.CreatedAt).TotalSeconds);
        else activity?.SetTag(PortalTelemetry.ErrorType, FailureOf(answer)).SetStatus(ActivityStatusCode.Error);
        return answer;
    }

    private static string FailureOf(WebhookAnswer answer) => answer.Status is { } status
        ? string.Create(CultureInfo.InvariantCulture, $"{status / 100}xx")
        : "unreachable";
}
