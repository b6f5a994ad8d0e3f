using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>
/// What a first visit of a page, with nothing cached, costs on the wire as Chromium counts it: bodies as sent, headers, and what comes over
/// the page's WebSocket until it shows what it is about.
/// </summary>
/// <param name="Bytes">Of all answers.</param>
/// <param name="Requests">Every address that was asked for.</param>
internal sealed record PageWeight(long Bytes, IReadOnlyList<Uri> Requests)
{
    private const int Opcode = 2;          // of a binary frame, whose payload comes in base64

    /// <param name="chromium">Path of the browser's program.</param>
    /// <param name="page">What is visited.</param>
    /// <param name="cookies">What the browser has of earlier visits.</param>
    /// <param name="shown">A text that the page shows last; null for a page that is whole when it is loaded.</param>
    public static async Task<PageWeight> MeasureAsync(string chromium, Uri page, CookieContainer? cookies = null, string? shown = null)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium });
        var context = await browser.NewContextAsync();
        if (cookies is not null) await context.AddCookiesAsync(BrowserCookies.Of(cookies, page));
        var tab = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(tab);
        var requests = new List<Uri>();
        long bytes = 0;
        session.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
            requests.Add(new(sent!.Value.GetProperty("request").GetProperty("url").GetString()!));
        session.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            bytes += (long)finished!.Value.GetProperty("encodedDataLength").GetDouble();
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, received) =>
            bytes += LengthOf(received!.Value.GetProperty("response"));
        await session.SendAsync("Network.enable");
        await tab.GotoAsync(page.AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });
        if (shown is not null) await tab.GetByText(shown).First.WaitForAsync();
        return new(bytes, requests);
    }

    /// <summary>Requests to another host than the page's own.</summary>
    public int CountForeign(Uri page) => Requests.Count(request => request.Scheme != "data" && request.Authority != page.Authority);

    private static long LengthOf(JsonElement frame)
    {
        var payload = frame.GetProperty("payloadData").GetString()!.Length;
        return frame.GetProperty("opcode").GetInt32() == Opcode ? payload / 4 * 3 : payload;
    }
}
