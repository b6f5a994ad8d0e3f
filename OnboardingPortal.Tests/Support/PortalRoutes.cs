using OnboardingPortal.App.Hosting;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Mails;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Demo;

namespace OnboardingPortal.Tests.Support;

/// <summary>Every route the portal answers in Development, read from the portal itself as it maps them.</summary>
internal static class PortalRoutes
{
    /// <summary>
    /// <c>GET /settings/audit</c> and the like; a page takes GET and POST. Without files, and with the stand-ins, who play foreign sites,
    /// as one.
    /// </summary>
    public static IReadOnlyList<string> All()
    {
        var folder = Path.GetDirectoryName(PortalProcess.Assembly)!;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "OnboardingPortal.App",
            ContentRootPath = folder,
            EnvironmentName = "Development",
        });
        builder.Configuration.AddInMemoryCollection([new("Platforms:Sandbox", "true")]);
        builder.Services.AddPortalCore().AddMails().AddPortalJobs(builder.Configuration);
        builder.Services.AddPortalSecurity();
        builder.Services.AddPortalUi();
        builder.Services.AddSandbox(builder.Configuration);
        builder.Services.AddDemo();
        var app = builder.Build();
        app.MapPortal();
        app.MapSandbox();
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(e => !IsFile(e))
                .SelectMany(NamesOf).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        if (path.StartsWith("/sandbox", StringComparison.Ordinal)) return ["/sandbox/**"];
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        return methods is { Count: > 0 } ? methods.Select(method => $"{method} {path}") : [$"ANY {path}"];
    }

    private static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name.StartsWith("StaticAsset", StringComparison.Ordinal));
}
