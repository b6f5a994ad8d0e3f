using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;

namespace OnboardingPortal.App.Features.Errors;

public sealed partial class NotFoundPage
{
    private string _name = "NotFound";
    private RefusedForm? _refused;

    /// <summary>Null while the page is live.</summary>
    [CascadingParameter] private HttpContext? Http { get; set; }

    private bool IsForClients => Http is not null && PageBrand.IsForClients(Http);

    protected override void OnInitialized()
    {
        if (Http is not { Response.HasStarted: false }) return;
        if (Http.Response.StatusCode < StatusCodes.Status400BadRequest) Http.Response.StatusCode = StatusCodes.Status404NotFound;
        _name = Http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "NotFound",
            StatusCodes.Status429TooManyRequests => "TooMany",
            _ => "Refused",
        };
        if (_name != "Refused") return;
        _refused = Http.Features.Get<RefusedForm>();
        if (_refused is { HasCookie: false }) _name = "Cookies";
    }

    /// <summary>Where somebody begins again: a link's pages begin with its first.</summary>
    private static string PageOf(RefusedForm refused) =>
        refused.Path.Split('/') is ["", "r", { Length: > 0 } token, ..] && token != "stop" ? $"/r/{token}" : refused.Path;
}
