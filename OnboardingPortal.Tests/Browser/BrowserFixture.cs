using System.Collections.Concurrent;
using Microsoft.Playwright;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>One portal and one Chromium for the browser tests of the run; each test has contexts of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>The browser without windows, which test.sh installs; a full one does as well, only slower.</summary>
    private static readonly string Executable = File.Exists("/usr/bin/chromium-headless-shell")
        ? "/usr/bin/chromium-headless-shell"
        : "/usr/bin/chromium";

    private readonly ConcurrentQueue<string> _breaches = new();
    private IPlaywright? _playwright;

    public PortalProcess Portal { get; private set; } = null!;

    public IBrowser Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalProcess.StartAsync();
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(60_000); // as long as any other step may take: a slow machine is no failure
        Chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser of its own: cookies, language, size and scheme as given.</summary>
    public async Task<IPage> OpenAsync(
        string language = "en", int width = 1280, ColorScheme scheme = ColorScheme.Light, PortalProcess? portal = null)
    {
        var context = await Chromium.NewContextAsync(new()
        {
            BaseURL = (portal ?? Portal).Address.AbsoluteUri,
            Locale = language == "de" ? "de-DE" : "en-US",
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        context.Console += (_, message) =>
            Note(message.Text.Contains("Content Security Policy", StringComparison.Ordinal), $"{message.Page?.Url}: {message.Text}");
        // Blazor itself throws where it is refused a connection, which is what some tests are about, and where a page is left while its
        // document still comes: it reads the half of it.
        context.WebError += (_, error) => Note(
            !error.Error.Contains("/_framework/blazor.web.", StringComparison.Ordinal)
                && !error.Error.EndsWith("Unexpected end of JSON input", StringComparison.Ordinal),
            $"{error.Page?.Url}: a script failed: {error.Error}");
        context.Request += (_, request) => Note(IsElsewhere(new(request.Url)), $"asks another host: {request.Url}");
        return await context.NewPageAsync();
    }

    /// <summary>
    /// What pages did since the last call that no page may: break the content security policy, ask another host for something, or have a
    /// script fail.
    /// </summary>
    public IReadOnlyList<string> TakeBreaches()
    {
        var breaches = _breaches.ToList();
        _breaches.Clear();
        return breaches;
    }

    private static bool IsElsewhere(Uri asked) =>
        asked.Scheme is not ("data" or "blob") && !asked.IsLoopback && !asked.Host.EndsWith(".localhost", StringComparison.Ordinal);

    private void Note(bool isBreach, string what)
    {
        if (isBreach) _breaches.Enqueue(what);
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null) await Chromium.DisposeAsync();
        _playwright?.Dispose();
        if (Portal is not null) await Portal.DisposeAsync();
    }
}
