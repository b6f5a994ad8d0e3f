using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OnboardingPortal.Tests.Support;

/// <summary>Keeps what is traced and measured in this process while it lives, as text, to look for what must not be in it.</summary>
internal sealed class Measured : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces;

    public Measured()
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name is PortalTelemetry.Name or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = trace => _lines.Enqueue(
                $"{trace.DisplayName} {trace.StatusDescription} {Text(trace.TagObjects)} "
                + string.Join(' ', trace.Events.Select(e => $"{e.Name} {Text(e.Tags)}"))),
        };
        ActivitySource.AddActivityListener(_traces);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PortalTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>(Note);
        _meters.SetMeasurementEventCallback<long>(Note);
        _meters.SetMeasurementEventCallback<int>(Note);
        _meters.Start();
    }

    public string Text() => string.Join('\n', _lines);

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _lines.Enqueue($"{instrument.Name} {value} {Text(tags.ToArray())}");

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(t => $"{t.Key}={t.Value}"));
}
