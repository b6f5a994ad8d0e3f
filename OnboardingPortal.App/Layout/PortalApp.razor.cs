using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Layout;

public sealed partial class PortalApp
{
    private const string Bar = "connection fixed px-4 py-2 border rounded-lg mud-elevation-4 mud-typography-subtitle2";
    private const string BarButton =
        "mud-button-root mud-button mud-button-outlined mud-button-outlined-inherit mud-button-outlined-size-small";
    private static readonly IComponentRenderMode Live = new InteractiveServerRenderMode();
    private ClientBrand? _brand;
    private bool _isLive;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string? Theme => Http.Request.Cookies["portal.theme"] switch { "dark" => "dark", "light" => "light", _ => null };

    private string? TimeZone => Http.Features.Get<LiveSession>()?.TimeZone;

    private IComponentRenderMode? Mode => _isLive ? Live : null;

    protected override async Task OnInitializedAsync()
    {
        _isLive = Http.AcceptsInteractiveRouting() && await CircuitGate.KnowsAsync(Http, Participants);
        _brand = await PageBrand.FindAsync(Http);
    }
}
