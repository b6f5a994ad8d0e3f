using System.Diagnostics;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>
/// Times two ways to do the same thing in turns, so that whatever else the machine does meets both alike.
/// </summary>
internal static class LatencyComparison
{
    private const int WarmUpRounds = 500;

    /// <param name="rounds">How often each way is timed.</param>
    /// <param name="measured">Gets the number of the round, to vary what is asked for.</param>
    /// <param name="reference">Gets the same number.</param>
    /// <returns>The times of both, in milliseconds, in the order they were taken.</returns>
    public static async Task<(double[] Measured, double[] Reference)> RunAsync(
        int rounds, Func<int, Task> measured, Func<int, Task> reference)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await measured(round);
            await reference(round);
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();

        var times = (Measured: new double[rounds], Reference: new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)          // neither always runs in the other's wake
            {
                times.Measured[round] = await TimeAsync(measured, round);
                times.Reference[round] = await TimeAsync(reference, round);
            }
            else
            {
                times.Reference[round] = await TimeAsync(reference, round);
                times.Measured[round] = await TimeAsync(measured, round);
            }
        }

        return times;
    }

    private static async Task<double> TimeAsync(Func<int, Task> action, int round)
    {
        var started = Stopwatch.GetTimestamp();
        await action(round);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
