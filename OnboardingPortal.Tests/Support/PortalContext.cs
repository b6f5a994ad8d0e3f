using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Interop;
using MudBlazor.Services;
using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Features.Connections;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.App.Features.Errors;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Requests;

namespace OnboardingPortal.Tests.Support;

/// <summary>A test of a component over the real services and a real database; only the browser stands in.</summary>
public abstract class PortalContext() : PortalTest(DatabaseProvider.Sqlite), IAsyncLifetime
{
    private readonly BunitContext _bunit = new();
    private AsyncServiceScope _scope;
    private BunitAuthorizationContext _authorization = null!;
    private IRenderedComponent<MudPopoverProvider>? _popups;
    private IRenderedComponent<MudDialogProvider>? _dialogs;

    static PortalContext() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30); // a slow machine is no failure

    /// <summary>Where menus and lists of choices open. Ask for it once the page is rendered, before something opens.</summary>
    protected IRenderedComponent<MudPopoverProvider> Popups => _popups ??= _bunit.Render<MudPopoverProvider>();

    /// <summary>Where dialogs open. Ask for it once the page is rendered, before something opens.</summary>
    protected IRenderedComponent<MudDialogProvider> Dialogs => _dialogs ??= _bunit.Render<MudDialogProvider>();

    protected IDialogService DialogService => _bunit.Services.GetRequiredService<IDialogService>();

    /// <summary>What the shell tells of how the last action went; empty = nothing.</summary>
    protected string Told => _bunit.Services.GetRequiredService<NoticeBoard>().Shown?.Words ?? "";

    protected NavigationManager Navigation => _bunit.Services.GetRequiredService<NavigationManager>();

    /// <summary>Where the component has gone, the latest first.</summary>
    protected IReadOnlyCollection<NavigationHistory> History => ((BunitNavigationManager)Navigation).History;

    /// <summary>What the browser's scripts answer.</summary>
    protected BunitJSInterop Script => _bunit.JSInterop;

    /// <summary>A service that the component has as well.</summary>
    protected T Get<T>()
        where T : notnull => _bunit.Services.GetRequiredService<T>();

    public override async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        await base.InitializeAsync();
        _scope = Portal.Scope();
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        // a chart's
        _bunit.JSInterop.Setup<ElementSize>("mudObserveElementSize", _ => true)
            .SetResult(new ElementSize { Width = 520, Height = 160, Timestamp = 1 });
        _authorization = _bunit.AddAuthorization(); // while services can still be added
        _bunit.Services.AddMudServices();
        _bunit.Services.AddFallbackServiceProvider(_scope.ServiceProvider);
        _bunit.Services.AddScoped(services => new CurrentCaller(
            services.GetRequiredService<AuthenticationStateProvider>(), new HttpContextAccessor(), Portal.Get<UserSessions>()));
        _bunit.Services.AddScoped(services => new RequestActions(
            Portal.Get<RequestService>(), Portal.Get<RecipientLinks>(), Portal.Get<ConnectedAccounts>(), Portal.Get<PlatformCatalog>(),
            Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<IStringLocalizer<PortalError>>(),
            services.GetRequiredService<IJSRuntime>()));
        _bunit.Services.AddSingleton(_ => new LineWords(Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton(services => new RequestLines(services.GetRequiredService<LineWords>(), Clock));
        _bunit.Services.AddScoped(services => new SeveralRequests(
            Portal.Get<RequestService>(), Portal.Get<PlatformCatalog>(), Portal.Get<IStringLocalizer<RequestsText>>(),
            Portal.Get<IStringLocalizer<PortalError>>(),
            services.GetRequiredService<IJSRuntime>()));
        _bunit.Services.AddScoped(services => new RequestDialogs(
            services.GetRequiredService<IDialogService>(), Portal.Get<PlatformCatalog>(), Portal.Get<IStringLocalizer<RequestsText>>()));
        _bunit.Services.AddSingleton(
            _ => new EventWords(
                Portal.Get<IStringLocalizer<AuditText>>(), Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton(
            _ => new AttemptWords(
                Portal.Get<IStringLocalizer<ConnectionsText>>(), Portal.Get<IStringLocalizer<PortalError>>(),
                Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton<DraftLogos>();
        _bunit.Services.AddScoped(_ => new BrandPreviews(
            _scope.ServiceProvider, Portal.Get<ILoggerFactory>(), Portal.Get<SampleRequestMail>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddSingleton(
            _ => new HubWords(
                Portal.Get<IStringLocalizer<HubText>>(), Portal.Get<IStringLocalizer<RequestsText>>(),
                Portal.Get<IStringLocalizer<SyncText>>(), Portal.Get<PlatformCatalog>()));
        _bunit.Services.AddScoped(services => new PortalPageServices(
            services.GetRequiredService<CurrentCaller>(), services.GetRequiredService<NavigationManager>(),
            services.GetRequiredService<NoticeBoard>(), Portal.Get<ILogger<PortalPage>>()));
        _bunit.Services.AddScoped<NoticeBoard>().AddScoped<Drafts>();
        _bunit.Services.AddScoped(services => new AccountPosts(
            services.GetRequiredService<IJSRuntime>(), services.GetRequiredService<NavigationManager>(),
            services.GetRequiredService<NoticeBoard>(),
            Portal.Get<IStringLocalizer<AccountText>>(), Portal.Get<IStringLocalizer<ErrorText>>()));
        _bunit.Services.AddScoped(services => new ProofQuestion(
            services.GetRequiredService<CurrentCaller>(), services.GetRequiredService<IDialogService>(), Clock,
            Portal.Get<IStringLocalizer<AccountText>>()));
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
        var session = Portal.Get<UserSessions>()
            .StartAsync(new AgencyUser { Id = user.User.Value, AgencyId = user.Agency }, user.Address, null, Cancel).GetAwaiter()
            .GetResult();
        _authorization.SetAuthorized(user.Name).SetClaims(
            new Claim(ClaimTypes.NameIdentifier, user.User.ToString()), new Claim(AgencyUserClaims.Session, session.ToString()),
            new Claim(AgencyUserClaims.Role, user.Role.ToString()));
        _bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return _bunit.Render<T>(parameters ?? (_ => { }));
    }

    /// <summary>Lets the browser have kept a form: all of it, and fields that were only being typed into.</summary>
    protected void KeptInBrowser<T>(string form, T? draft, params (string Field, string Text)[] typed)
        where T : class => _bunit.JSInterop.Setup<IJSStreamReference?>("portal.recall",
            form).SetResult(new BrowserBytes(JsonSerializer.SerializeToUtf8Bytes(new
            {
                model = draft is null ? null : JsonSerializer.Serialize(draft),
                typed = typed.ToDictionary(t => t.Field, t => t.Text),
            })));

    /// <summary>What the components share within a circuit.</summary>
    protected T Service<T>()
        where T : notnull => _bunit.Services.GetRequiredService<T>();

    /// <summary>The one button of that accessible name.</summary>
    protected static IElement Button<T>(IRenderedComponent<T> page, string name)
        where T : IComponent => Assert.Single(Buttons(page, name));

    protected static IReadOnlyList<IElement> Buttons<T>(IRenderedComponent<T> page, string name)
        where T : IComponent => [.. page.FindAll("button").Where(b => (b.GetAttribute("aria-label") ?? b.TextContent).Trim() == name)];

    /// <summary>Chooses in a list of choices.</summary>
    protected async Task ChooseAsync<TValue>(IRenderedComponent<IComponent> page, string label, string option)
    {
        var popups = Popups;
        await page.FindComponents<MudSelect<TValue>>().Single(s => s.Instance.Label == label).Find("[role=combobox]").MouseDownAsync(new());
        popups.WaitForAssertion(() => Assert.Contains(popups.FindAll("[role=option]"), o => o.TextContent.Trim() == option));
        await popups.FindAll("[role=option]").First(o => o.TextContent.Trim() == option).ClickAsync(new());
    }

    /// <summary>What a list of choices shows as chosen.</summary>
    protected static string? Chosen(IElement combobox) => combobox.TextContent.Trim() is { Length: > 0 } item
        ? item
        : combobox.GetAttribute("value");

    /// <summary>Opens a menu and presses an item in it.</summary>
    protected async Task PressInMenuAsync<T>(IRenderedComponent<T> page, string menu, string item)
        where T : IComponent
    {
        var popups = Popups;
        await Button(page, menu).ClickAsync(new());
        popups.WaitForAssertion(() => Assert.Contains(popups.FindAll("[role=menuitem]"), i => i.TextContent.Trim() == item));
        await popups.FindAll("[role=menuitem]").First(i => i.TextContent.Trim() == item).ClickAsync(new());
    }

    /// <summary>Presses something that asks first, and answers with a button of the dialog.</summary>
    protected async Task AnswerAsync(Func<Task> press, string answer)
    {
        var dialogs = Dialogs;
        var pressed = press();
        dialogs.WaitForAssertion(() => Assert.Single(Buttons(dialogs, answer)));
        await Button(dialogs, answer).ClickAsync(new());
        await pressed;
    }

    /// <summary>The one link of those words.</summary>
    protected static IElement Link<T>(IRenderedComponent<T> page, string words)
        where T : IComponent => Assert.Single(page.FindAll("a"), a => a.TextContent.Contains(words, StringComparison.Ordinal));
}
