using System.Globalization;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>
/// What a process has in memory, as Linux counts it: all its pages (<c>VmRSS</c>), of which those of files are as good as free, and those
/// that are its own alone (<c>RssAnon</c>). Asked from outside, so that the process is not changed by it.
/// </summary>
internal sealed class ProcessMemory(int process)
{
    private const string ForgetPeak = "5";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>All pages now, in bytes.</summary>
    public long All => Read("VmRSS");

    /// <summary>Its own pages now, in bytes.</summary>
    public long Own => Read("RssAnon");

    /// <summary>Watches until something has ended.</summary>
    /// <returns>The most pages there were, as the kernel notes them; and the most own ones, looked at ten times a second.</returns>
    public async Task<(long All, long Own)> PeakAsync(Task until, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync($"/proc/{process}/clear_refs", ForgetPeak, cancellationToken);
        var own = 0L;
        while (!until.IsCompleted)
        {
            own = Math.Max(own, Own);
            await Task.WhenAny(until, Task.Delay(Pause, cancellationToken));
        }

        await until;
        return (Read("VmHWM"), own);
    }

    private long Read(string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith($"{name}:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(name.Length + 1).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }
}
