using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Options;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Work;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>What can be seen of the portal from outside: metrics, traces and logs, as far as settings ask for them.</summary>
internal static class PortalTelemetryExtensions
{
    /// <summary>How long an export may take: a collector that does not answer must not keep a portal that is told to stop.</summary>
    private const string ExportMilliseconds = "1500";

    /// <summary>
    /// Adds them, and what takes secrets out of the log. What others read, or programs, comes without people's addresses, too.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        builder.Services.AddSingleton<MetricsScrape>();
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
        DistributedContextPropagator.Current = new OwnTraces();

        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration[TelemetryOptions.OtlpEndpoint]);
        if (options.JsonLogs) builder.Logging.AddJsonConsole(Shape);
        builder.Logging.Redact(hidesAddresses: options.JsonLogs || exports);
        if (options.MetricsUrl is not null) builder.Services.AddHostedService<MetricsListener>();
        if (!exports && !options.ShowsMetrics) return;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe).WithMetrics(metrics =>
        {
            Choose(metrics);
            if (options.ShowsMetrics) metrics.AddPrometheusExporter();
        });
        builder.Services.AddHostedService<QueueGauges>();
        if (exports) Export(builder, telemetry);
    }

    private static void Export(WebApplicationBuilder builder, OpenTelemetryBuilder telemetry)
    {
        const string Timeout = "OTEL_EXPORTER_OTLP_TIMEOUT";
        if (builder.Configuration[Timeout] is null) builder.Configuration[Timeout] = ExportMilliseconds;
        // The instrumentation would read the caller's trace by itself, whatever the host does.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        telemetry.WithTracing(Choose)
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService(
        PortalTelemetry.Name,
        serviceVersion: typeof(PortalTelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion);

    /// <summary>
    /// The portal's own instruments and those of its frameworks. Not those of outgoing HTTP: they name every host that is called, and so
    /// the accounts of clients.
    /// </summary>
    private static void Choose(MeterProviderBuilder metrics) => metrics.AddMeter(
        PortalTelemetry.Name, "Microsoft.AspNetCore.*", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Runtime");

    private static void Choose(TracerProviderBuilder traces) => traces
        .AddSource(PortalTelemetry.Name, "Microsoft.AspNetCore.Components*", "Npgsql")
        .AddAspNetCoreInstrumentation(requests => requests.Filter = IsOfInterest)
        .AddProcessor<ExportedSpans>();

    /// <summary>Probes and scrapes come all the time, and a circuit's connection lasts as long as its page.</summary>
    private static bool IsOfInterest(HttpContext context) => !context.Request.Path.StartsWithSegments("/health")
        && !context.Request.Path.StartsWithSegments(MetricsScrape.Path) && !context.Request.Path.StartsWithSegments("/_blazor");

    private static void Shape(Microsoft.Extensions.Logging.Console.JsonConsoleFormatterOptions json)
    {
        json.IncludeScopes = true; // TraceId is in one
        json.UseUtcTimestamp = true;
        json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    }
}
