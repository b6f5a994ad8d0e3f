using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using OnboardingPortal.App.Security;
using OpenTelemetry.Metrics;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>
/// Shows the metrics to Prometheus: at an address of their own, or beside the pages to whoever has the key. Without either they are an
/// address that does not exist.
/// </summary>
internal sealed class MetricsScrape(IServiceProvider services, IOptions<TelemetryOptions> options)
{
    public const string Path = "/metrics";

    private readonly Lazy<RequestDelegate> _write = new(() => new ApplicationBuilder(services)
        .UseOpenTelemetryPrometheusScrapingEndpoint(services.GetRequiredService<MeterProvider>(), _ => true, null, null, null).Build());

    /// <summary>Answers beside the pages.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        if (options.Value is { MetricsKey: not null, MetricsUrl: null }) return AnswerAloneAsync(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Answers at the metrics' own address, too.</summary>
    public Task AnswerAloneAsync(HttpContext context)
    {
        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // a program asks, not a person
        context.Response.Headers.CacheControl = "no-store";
        if (options.Value.Admits(context.Request.Headers.Authorization.ToString())) return _write.Value(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}

internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet(MetricsScrape.Path, context => context.RequestServices.GetRequiredService<MetricsScrape>().AnswerAsync(context))
            .AllowAnonymous().RequireRateLimiting(RateLimits.Link);
}
