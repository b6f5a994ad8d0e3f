using System.Diagnostics.Metrics;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Measures how mails leave.</summary>
public sealed class OutboxMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _lag;
    private readonly TimeProvider _clock;

    /// <summary>Makes the instruments.</summary>
    public OutboxMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(PortalTelemetry.Name);
        _attempts = meter.CreateCounter<long>("portal.outbox.attempts", "{attempt}", "Attempts to hand a mail over, by what came of them.");
        _lag = meter.CreateHistogram(
            "portal.outbox.lag", "s", "From the moment a mail was queued until it was handed over.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400] });
    }

    /// <summary>Counts how an attempt ended.</summary>
    /// <returns>The same outcome.</returns>
    internal EmailOutcome Note(EmailOutcome outcome)
    {
        if (!outcome.WasTried) return outcome;
        _attempts.Add(1, new KeyValuePair<string, object?>("portal.outcome", NameOf(outcome)));
        if (outcome.State == EmailState.Sent)
        {
            _lag.Record(
                (_clock.GetUtcNow() - outcome.Mail.QueuedAt).TotalSeconds,
                new KeyValuePair<string, object?>("portal.mail.awaited", outcome.Mail.IsAwaited));
        }

        return outcome;
    }

    private static string NameOf(EmailOutcome outcome) => outcome switch
    {
        { State: EmailState.Sent } => "sent",
        { State: EmailState.Over } => "needless", // what it is about is over
        { WasRefused: true } => "refused",
        { State: EmailState.Dead } => "given_up",
        { NextAttemptAt: not null } => "put_off", // the mail service asks to wait
        _ => "failed",
    };
}
