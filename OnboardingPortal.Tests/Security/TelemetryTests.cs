using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>What whoever runs the portal can see of it, and that nobody else can.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class TelemetryTests
{
    private const string Key = "a-key-for-prometheus-of-32-characters";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unless_they_are_asked_for_metrics_are_an_address_that_does_not_exist()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = portal.Address };

        var (metrics, nothing) = (await AskAsync(http, "/metrics", Key), await AskAsync(http, "/nothing"));

        Assert.Equal(HttpStatusCode.NotFound, metrics.Status);
        Assert.Equal(nothing.Text.Replace("/nothing", "/metrics", StringComparison.Ordinal), metrics.Text);
    }

    [Fact]
    public async Task Beside_the_pages_metrics_are_for_whoever_has_the_key_and_never_on_an_agencys_host()
    {
        const string host = "onboard.bakery.localhost";
        await using var portal = await PortalProcess.StartAsync(("Telemetry__MetricsKey", Key));
        await using var node = new SecondNode(portal);
        Assert.Null(await node.Get<BrandingService>().SaveAsync(
            await node.UserAsync("owner@demo.test", Cancel), BrandingInput.Of(null) with { IsOn = true, PublicHost = host },
            new LogoChange(true, Pictures.Png()), Cancel));
        using var http = new HttpClient { BaseAddress = portal.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "/metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "/metrics", Key + "x")).Status);
        var own = await AskAsync(http, "/metrics", Key, host);
        // until it is shown to be its agency's
        while (own.Status == HttpStatusCode.MisdirectedRequest) own = await AskAsync(http, "/metrics", Key, host);
        Assert.Equal(HttpStatusCode.NotFound, own.Status);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await AskAsync(http, "/metrics", Key, "strange.example")).Status);

        var (status, text) = await AskAsync(http, "/metrics", Key);
        while (!text.Contains("portal_queue_depth", StringComparison.Ordinal)) (status, text) = await AskAsync(http, "/metrics", Key);
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var name in new[]
        {
            "portal_queue_depth", "portal_queue_age_seconds", "portal_round_duration_seconds", "http_server_request_duration_seconds",
            "microsoft_entityframeworkcore_active_dbcontexts", "dotnet_gc_collections",
        })
        {
            Assert.Contains($"\n{name}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task At_an_address_of_their_own_metrics_are_alone_and_nowhere_else()
    {
        var own = new Uri($"http://127.0.0.1:{FreePort()}");
        await using var portal = await PortalProcess.StartAsync(("Telemetry__MetricsUrl", own.AbsoluteUri));
        using var http = new HttpClient { BaseAddress = portal.Address };
        using var scraper = new HttpClient { BaseAddress = own };

        var (status, text) = await AskAsync(scraper, "/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("http_server_active_requests", text, StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/account/login", "/health/live", "/favicon.svg" })
            Assert.Equal((HttpStatusCode.NotFound, ""), await AskAsync(scraper, path));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(http, "/metrics", Key)).Status);
    }

    [Fact]
    public async Task A_key_that_could_be_guessed_is_refused_with_a_sentence()
    {
        await using var portal = PortalProcess.Prepare(("Telemetry__MetricsKey", "secret"));

        Assert.Equal(1, await portal.RunToEndAsync(Cancel));

        Assert.Contains("Telemetry:MetricsKey must have 32 characters or more.", portal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_and_the_error_page_show_the_number_of_their_lines_in_the_log_which_callers_do_not_choose()
    {
        const string chosen = "0af7651916cd43dd8448eb211c80319c";
        await using var portal = await PortalProcess.StartAsync(
            ("Telemetry__JsonLogs", "true"), ("Logging__LogLevel__Microsoft.AspNetCore.Hosting", "Information"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Add("traceparent", $"00-{chosen}-b7ad6b7169203331-01");
        http.DefaultRequestHeaders.Add("tracestate", "chosen=text-of-a-caller");

        var refusal = JsonDocument.Parse((await AskAsync(http, "/api/v1/requests")).Text).RootElement;
        var problem = refusal.GetProperty("traceId").GetString()!;
        var page = Number().Match((await AskAsync(http, "/error")).Text).Value;
        await portal.StopAsync(Cancel); // all is written

        Assert.Matches(Number(), problem);
        var lines = portal.Log.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.All([(problem, "/api/v1/requests"), (page, "/error")], shown => Assert.Contains(lines, line => IsOf(line, shown)));
        Assert.DoesNotContain(chosen, portal.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("text-of-a-caller", portal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_does_not_keep_the_portal_from_stopping()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var portal = await PortalProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "/account/login")).Status);

        Assert.InRange(await portal.StopAsync(Cancel), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    /// <summary>Whether a line of the log tells of a path under a number.</summary>
    private static bool IsOf(JsonElement line, (string Number, string Path) shown) =>
        line.GetProperty("Message").GetString()!.Contains(shown.Path, StringComparison.Ordinal)
        && line.GetProperty("Scopes").EnumerateArray().Any(
            scope => scope.ValueKind == JsonValueKind.Object && scope.TryGetProperty("TraceId", out var number)
                && number.GetString() == shown.Number);

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(
        HttpClient http, string path, string? key = null, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        request.Headers.Host = host;
        using var answer = await http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Number();
}
