using System.Diagnostics.Metrics;

namespace OnboardingPortal.Core.Bulk;

/// <summary>Measures what becomes of the rows of imports.</summary>
public sealed class ImportMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _rows = meters.Create(PortalTelemetry.Name).CreateCounter<long>(
        "portal.import.rows", "{row}", "Rows of imports that were made requests and sent, or refused.");

    /// <summary>Counts a row that has ended.</summary>
    internal void Note(BulkRowState state) => _rows.Add(
        1, new KeyValuePair<string, object?>("portal.outcome", state == BulkRowState.Sent ? "sent" : "refused"));
}
