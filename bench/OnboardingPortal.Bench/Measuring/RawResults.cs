using System.Runtime.InteropServices;
using System.Text.Json;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>Every single number of a run, so that a figure of the table can be looked into later.</summary>
/// <param name="folder">Gets this run's files; created when missing.</param>
internal sealed class RawResults(string folder)
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };
    private readonly Dictionary<string, IReadOnlyList<double>> _series = [];

    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    public void Add(string name, IReadOnlyList<double> values) => _series.Add(name, values);

    public async Task SaveAsync(string table, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var raw = new
        {
            Started = started,
            Machine = new { RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount },
            Series = _series,
        };
        await File.WriteAllTextAsync(Path.Combine(Folder, "raw.json"), JsonSerializer.Serialize(raw, _json), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "table.md"), table, cancellationToken);
    }
}
