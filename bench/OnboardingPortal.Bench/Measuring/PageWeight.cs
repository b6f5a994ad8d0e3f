using Microsoft.Playwright;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>What a first visit of a page, with nothing cached, costs on the wire as Chromium counts it: bodies as sent, and headers.</summary>
/// <param name="Bytes">Of all answers.</param>
/// <param name="Requests">Every address that was asked for.</param>
internal sealed record PageWeight(long Bytes, IReadOnlyList<Uri> Requests)
{
    /// <param name="chromium">Path of the browser's program.</param>
    public static async Task<PageWeight> MeasureAsync(string chromium, Uri page)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium });
        var tab = await browser.NewPageAsync();
        var session = await tab.Context.NewCDPSessionAsync(tab);
        var requests = new List<Uri>();
        long bytes = 0;
        session.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
            requests.Add(new(sent!.Value.GetProperty("request").GetProperty("url").GetString()!));
        session.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            bytes += (long)finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await session.SendAsync("Network.enable");
        await tab.GotoAsync(page.AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });
        return new(bytes, requests);
    }

    /// <summary>Requests to another host than the page's own.</summary>
    public int CountForeign(Uri page) => Requests.Count(request => request.Scheme != "data" && request.Authority != page.Authority);
}
