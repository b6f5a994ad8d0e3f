using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Features.Api;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Features.Bulk;
using OnboardingPortal.App.Features.Connect;
using OnboardingPortal.App.Features.Development;
using OnboardingPortal.App.Features.Email;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Features.Settings;
using OnboardingPortal.App.Features.Wizard;
using OnboardingPortal.App.Layout;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using Radzen;

namespace OnboardingPortal.App.Hosting;

/// <summary>The pages and endpoints.</summary>
internal static class PortalUi
{
    public static IServiceCollection AddPortalUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.AddLocalization();
        services.AddRequestLocalization(LanguageChoice.Configure);
        services.AddApi();
        services.AddSingleton<SetupCode>().AddSingleton<FirstStart>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<PortalPageServices>();
        services.AddScoped<PageBrand>().AddScoped<BrandPreviews>().AddSingleton<DraftLogos>();
        services.AddSingleton<RequestLineWriter>().AddSingleton<RequestLines>().AddSingleton<EventWords>().AddSingleton<HubWords>().AddSingleton<AttemptWords>().AddScoped<RequestActions>();
        return services;
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseSecurityHeaders();
        app.UseMiddleware<HostGate>();
        app.UseRouting();
        app.UseMiddleware<ApiGate>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseRequestLocalization(); // knows who reads
        app.UseMiddleware<CircuitGate>();
        app.UseAuthorization();
        app.UseAntiforgery();
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
        app.MapSendGrid();
        app.MapLanguages();
        app.MapApi();
        if (app.Environment.IsDevelopment()) app.MapMailbox();
    }
}
