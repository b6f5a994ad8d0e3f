using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Account;

/// <summary>Where the link to a new password leads. Looking changes nothing.</summary>
public sealed partial class ResetPage(
    PasswordResets resets, SignInManager<AgencyUser> signIn, NavigationManager navigation, PlatformCatalog platforms,
    IStringLocalizer<AccountText> text,
    IStringLocalizer<PortalError> errors) : ComponentBase
{
    private string? _dead;      // why the link leads nowhere
    private string? _problem;
    private InputRefused? _refused;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public long User { get; set; }

    [Parameter] public string Code { get; set; } = "";

    [SupplyParameterFromForm(FormName = "reset")] private Form? Input { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    protected override async Task OnInitializedAsync()
    {
        if (!HttpMethods.IsPost(Http.Request.Method) && !await resets.IsAliveAsync(AgencyUserId.From(User), Code))
            Bury(new ResetLinkDead());
    }

    private async Task ResetAsync()
    {
        var done = await resets.ResetAsync(
            AgencyUserId.From(User), Code, new NewPassword(Input?.Password ?? ""), Http.Connection.RemoteIpAddress?.ToString(),
            Http.RequestAborted);
        if (done.Succeeded)
        {
            await signIn.SignOutAsync(); // somebody else may be signed in here
            var next = await resets.HasPasskeysAsync(AgencyUserId.From(User), Http.RequestAborted)
                ? $"/account/two-factor?told={TwoFactorPage.AfterReset}"
                : "/";
            navigation.NavigateTo(
                $"/account/login?told=reset&email={Uri.EscapeDataString(done.Value)}&returnUrl={Uri.EscapeDataString(next)}");
        }
        else if (done.Error is ResetLinkDead)
        {
            Bury(done.Error);
        }
        else
        {
            _refused = done.Error as InputRefused;
            _problem = _refused is null ? errors.For(done.Error, platforms) : null;
        }
    }

    private void Bury(PortalError refusal)
    {
        _dead = errors.For(refusal, platforms);
        Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private sealed class Form
    {
        public string? Password { get; set; }
    }
}
