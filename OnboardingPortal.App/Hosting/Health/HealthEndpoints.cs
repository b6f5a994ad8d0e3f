using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.App.Hosting.Health;

/// <summary>
/// For load balancers and whoever watches the portal. They say yes or no and nothing else, to anybody; no limit refuses them, since a node
/// must not count as dead because somebody else asks too much, and they cost next to nothing.
/// </summary>
internal static class HealthEndpoints
{
    public const string Path = "/health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptions<HealthOptions>().BindConfiguration(HealthOptions.Section);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", null, [], Patience)
            .AddCheck<SchemaHealth>("schema", null, [], Patience).AddCheck<KeysHealth>("keys", null, [], Patience)
            .AddCheck<OutboxHealth>("outbox", null, [], Patience);
        // Readiness tells what is missing, once; the framework would at every probe.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        return services.AddSingleton<OutboxHealth>().AddSingleton<Readiness>();
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        // Whether the process answers: also while the database is away, and while the portal stops.
        Map(app, $"{Path}/live", (_, _) => Task.FromResult(true)).DisableRateLimiting();
        // Whether visitors should be sent here.
        Map(app, $"{Path}/ready", (context, cancellationToken) =>
            context.RequestServices.GetRequiredService<Readiness>().IsReadyAsync(cancellationToken)).DisableRateLimiting();
        // Whether the database can be read, as load balancers asked before there was more; asked anew for each, so under the limits.
        Map(app, Path, (context, cancellationToken) =>
            context.RequestServices.GetRequiredService<DatabaseProbe>().CanReadAsync(cancellationToken));
    }

    private static RouteHandlerBuilder Map(
        IEndpointRouteBuilder app, string path, Func<HttpContext, CancellationToken, Task<bool>> isWell) =>
        app.MapGet(path, async (HttpContext context) =>
        {
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // a program asks, not a person
            context.Response.Headers.CacheControl = "no-store";
            if (await isWell(context, context.RequestAborted)) return Results.Text("Healthy");
            DatabaseAnswers.TellWhenToComeBack(context.Response);
            return Results.Text("Unhealthy", statusCode: StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
}

/// <summary>The section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>For how long a mail may be due until nodes count as not ready; zero = it does not matter to them.</summary>
    public TimeSpan MaxOutboxAge { get; set; } = TimeSpan.FromHours(1);
}
