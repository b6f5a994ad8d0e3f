using OnboardingPortal.App.Account;
using OnboardingPortal.App.Api;
using OnboardingPortal.App.Audit;
using OnboardingPortal.App.Branding;
using OnboardingPortal.App.Bulk;
using OnboardingPortal.App.Components;
using OnboardingPortal.App.Components.Audit;
using OnboardingPortal.App.Components.Hub;
using OnboardingPortal.App.Components.Requests;
using OnboardingPortal.App.Components.Settings;
using OnboardingPortal.App.Components.Shared;
using OnboardingPortal.App.Connect;
using OnboardingPortal.App.Development;
using OnboardingPortal.App.Email;
using OnboardingPortal.App.Languages;
using OnboardingPortal.App.Reminders;
using OnboardingPortal.App.Security;
using Radzen;

namespace OnboardingPortal.App;

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
