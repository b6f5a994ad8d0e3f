using Microsoft.Playwright;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>
/// What one more tab of a real browser costs a server: its live heap with many of them, less that with a few, by their number. For pages
/// that send only what the browser says it shows.
/// </summary>
internal static class TabHeap
{
    private const int WarmUpTabs = 3;
    private const int Tabs = 15; // with those of the warm-up fewer than a participant may have open

    /// <param name="server">Whose heap is read.</param>
    /// <param name="context">The browser, signed in as it must be.</param>
    /// <param name="page">What each tab opens.</param>
    /// <param name="shown">What it shows when it is whole.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    /// <returns>Bytes a tab.</returns>
    public static async Task<double> MeasureAsync(
        ServerProcess server, IBrowserContext context, Uri page, Func<IPage, ILocator> shown, CancellationToken cancellationToken)
    {
        await OpenAsync(context, WarmUpTabs, page, shown);
        var before = await server.Heap.ReadSettledAsync(cancellationToken);
        await OpenAsync(context, Tabs, page, shown);
        var after = await server.Heap.ReadSettledAsync(cancellationToken);
        return (after - before) / (double)Tabs;
    }

    private static async Task OpenAsync(IBrowserContext context, int tabs, Uri page, Func<IPage, ILocator> shown)
    {
        for (var number = 0; number < tabs; number++)
        {
            var tab = await context.NewPageAsync();
            await tab.GotoAsync(page.AbsoluteUri);
            await shown(tab).First.WaitForAsync();
        }
    }
}
