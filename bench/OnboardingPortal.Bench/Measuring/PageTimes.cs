using System.Diagnostics;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>How long pages of a portal take while people turn to it one after another, not all at once.</summary>
/// <param name="http">The connections.</param>
/// <param name="site">The portal.</param>
/// <param name="owner">Who looks at the table.</param>
internal sealed class PageTimes(HttpClient http, PortalSite site, Visitor owner)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks at the pages of a link, of the sign-in and of the requests in turns, until it is told to stop.</summary>
    /// <param name="isEnough">Gets how often it looked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The times in milliseconds.</returns>
    public async Task<double[]> TakeAsync(Func<int, bool> isEnough, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        while (!isEnough(times.Count))
        {
            var (who, page) = (times.Count % 3) switch
            {
                0 => (new Visitor(http), site.Link),
                1 => (new Visitor(http), new Uri(site.Server.Address, "account/login")),
                _ => (owner, site.TablePage),
            };
            var started = Stopwatch.GetTimestamp();
            await who.GetPageAsync(page, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(Pause, cancellationToken);
        }

        return [.. times];
    }
}
