using Microsoft.Extensions.Options;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>Listens at the metrics' own address, where there is nothing else; the pages' addresses do not have them then.</summary>
internal sealed partial class MetricsListener(IOptions<TelemetryOptions> options, MetricsScrape scrape, ILogger<MetricsListener> logger)
    : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Value.MetricsUrl!);
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync(cancellationToken);
        var addresses = string.Join(", ", _app.Urls);
        LogListening(addresses);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path == MetricsScrape.Path)
            return scrape.AnswerAloneAsync(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 5305, Level = LogLevel.Information, Message = "Metrics are shown at {Addresses}")]
    private partial void LogListening(string addresses);
}
