using System.Globalization;
using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Features.Settings;
using OnboardingPortal.App.Shared;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using Radzen;

namespace OnboardingPortal.Tests.Support;

/// <summary>A test of a component over the real services and a real database; only the browser stands in.</summary>
public abstract class PortalContext() : PortalTest(DatabaseProvider.Sqlite), IAsyncLifetime
{
    private readonly BunitContext _bunit = new();
    private AsyncServiceScope _scope;

    static PortalContext() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30); // a slow machine is no failure

    protected NavigationManager Navigation => _bunit.Services.GetRequiredService<NavigationManager>();

    public override async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        await base.InitializeAsync();
        _scope = Portal.Scope();
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _bunit.Services.AddRadzenComponents();
        _bunit.JSInterop.Setup<Radzen.Blazor.Rendering.Rect>("Radzen.createChart", _ => true).SetResult(new() { Width = 600, Height = 200 });
        _bunit.Services.AddFallbackServiceProvider(_scope.ServiceProvider);
        _bunit.Services.AddScoped(services => new CurrentCaller(
            services.GetRequiredService<AuthenticationStateProvider>(), new HttpContextAccessor(), Portal.Get<UserSessions>()));
        _bunit.Services.AddScoped(services => new RequestActions(
            Portal.Get<RequestService>(), Portal.Get<ConnectedAccounts>(), Portal.Get<PlatformCatalog>(), Portal.Get<IStringLocalizer<RequestsText>>(),
            Portal.Get<IStringLocalizer<PortalError>>(), services.GetRequiredService<IJSRuntime>()));
        _bunit.Services.AddSingleton(_ => new EventWords(Portal.Get<IStringLocalizer<AuditText>>(), Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton(_ => new AttemptWords(Portal.Get<IStringLocalizer<SettingsText>>(), Portal.Get<IStringLocalizer<PortalError>>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton<DraftLogos>();
        _bunit.Services.AddScoped(_ => new BrandPreviews(
            _scope.ServiceProvider, Portal.Get<ILoggerFactory>(), Portal.Get<EmailRenderer>(), Portal.Get<RequestEmails>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton(_ => new HubWords(Portal.Get<IStringLocalizer<HubText>>(), Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddScoped(services => new PortalPageServices(
            services.GetRequiredService<CurrentCaller>(), services.GetRequiredService<NavigationManager>(), Portal.Get<ILogger<PortalPage>>()));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _bunit.DisposeAsync();
        await _scope.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The component as that agency user sees it.</summary>
    protected IRenderedComponent<T> RenderFor<T>(AgencyCaller user, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent
    {
        var session = Portal.Get<UserSessions>().StartAsync(new AgencyUser { Id = user.User.Value, AgencyId = user.Agency }, user.Address, null, Cancel).GetAwaiter().GetResult();
        _bunit.AddAuthorization().SetAuthorized(user.Name).SetClaims(
            new Claim(ClaimTypes.NameIdentifier, user.User.ToString()), new Claim(AgencyUserClaims.Session, session.ToString()));
        _bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return _bunit.Render<T>(parameters ?? (_ => { }));
    }

    /// <summary>The one button of that accessible name.</summary>
    protected static IElement Button<T>(IRenderedComponent<T> page, string name)
        where T : IComponent => Assert.Single(Buttons(page, name));

    protected static IReadOnlyList<IElement> Buttons<T>(IRenderedComponent<T> page, string name)
        where T : IComponent => [.. page.FindAll("button").Where(b => (b.GetAttribute("aria-label") ?? b.TextContent).Trim() == name)];

    /// <summary>The one link of those words.</summary>
    protected static IElement Link<T>(IRenderedComponent<T> page, string words)
        where T : IComponent => Assert.Single(page.FindAll("a"), a => a.TextContent.Contains(words, StringComparison.Ordinal));
}
