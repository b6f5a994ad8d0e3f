using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using MudBlazor;
using MudBlazor.Services;
using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Features.Api;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Features.Bulk;
using OnboardingPortal.App.Features.Connect;
using OnboardingPortal.App.Features.Connections;
using OnboardingPortal.App.Features.Development;
using OnboardingPortal.App.Features.Email;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Features.Wizard;
using OnboardingPortal.App.Hosting.Health;
using OnboardingPortal.App.Hosting.Telemetry;
using OnboardingPortal.App.Layout;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;

namespace OnboardingPortal.App.Hosting;

/// <summary>The pages and endpoints.</summary>
internal static partial class PortalUi
{
    /// <summary>
    /// Calls of the browser end with the page that makes them. Blazor's minute would end a circuit by an error whose page was left, or lost
    /// its connection, while its draft was read.
    /// </summary>
    private static readonly TimeSpan CallPatience = TimeSpan.FromMinutes(30);

    public static IServiceCollection AddPortalUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.AddFilter<PageConnections>());
        services.AddOptions<CircuitOptions>()
            .Configure(options => options.JSInteropDefaultCallTimeout = CallPatience)
            .BindConfiguration(CircuitLimits.Section); // such as how long a page that lost its connection keeps its circuit
        services.AddCascadingAuthenticationState();
        services.AddMudServices();
        services.AddTransient<MudLocalizer, MudWords>();
        services.AddLocalization();
        services.AddRequestLocalization(LanguageChoice.Configure);
        services.AddApi();
        services.AddHealth();
        services.AddSingleton<SetupCode>().AddSingleton<FirstStart>();
        services.AddSingleton<OpenPages>().AddSingleton<PageConnections>().AddScoped<CircuitHandler, PageConnections.Handler>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<PortalPageServices>().AddScoped<NoticeBoard>().AddScoped<Drafts>().AddScoped<AccountPosts>()
            .AddScoped<ProofQuestion>();
        services.AddScoped<PageBrand>().AddScoped<BrandPreviews>().AddSingleton<DraftLogos>();
        services.AddSingleton<LineWords>().AddSingleton<RequestLines>().AddSingleton<EventWords>().AddSingleton<HubWords>()
            .AddSingleton<AttemptWords>().AddScoped<RequestActions>().AddScoped<RequestDialogs>()
            .AddScoped<SeveralRequests>().AddSingleton<RequestExport>();
        return services;
    }

    public static void UsePortal(this WebApplication app)
    {
        MudGlobal.UnhandledExceptionHandler = exception => LogFailedPart(app.Logger, exception); // of tasks that nobody waits for
        app.UseEncryption(isToldByProxies: app.UseProxies());
        app.UseExceptionHandler(DatabaseAnswers.ErrorPage);
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseReadablePages();
        app.UseSecurityHeaders();
        app.UseMiddleware<HostGate>();
        app.UseHeadAsGet();
        app.UseRouting();
        app.UseMiddleware<ApiGate>();
        app.UseRateLimiter();
        app.UseKnownAddresses();
        app.UseAuthentication();
        app.UseRequestLocalization(); // knows who reads
        app.UseMiddleware<CircuitGate>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseFormTokens();
    }

    public static void MapPortal(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<PortalApp>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(CircuitGate.OpenHubTo);
        app.MapConnect();
        app.MapReminders();
        app.MapBrand();
        app.MapAccount();
        app.MapAudit();
        app.MapBulk();
        app.MapRequests();
        app.MapSendGrid();
        app.MapLanguages();
        app.MapHealth();
        app.MapMetrics();
        app.MapApi();
        if (app.Environment.IsDevelopment()) app.MapMailbox();
    }

    [LoggerMessage(EventId = 5302, Level = LogLevel.Error, Message = "A part of a page failed")]
    private static partial void LogFailedPart(ILogger logger, Exception exception);
}
