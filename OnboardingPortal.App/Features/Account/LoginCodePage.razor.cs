using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>The second step of signing in: a code of the authenticator app, or a recovery code in its place.</summary>
public sealed partial class LoginCodePage(PortalSignInManager signIn, NavigationManager navigation, IStringLocalizer<AccountText> text)
    : ComponentBase
{
    private AgencyUser? _user;
    private string? _problem;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "code")] private Form? Input { get; set; }

    /// <summary>Whether a recovery code is asked for: <c>true</c>, or hostile text.</summary>
    [SupplyParameterFromQuery(Name = "recovery")] private string? RecoveryText { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    private bool Recovery => bool.TryParse(RecoveryText, out var recovery) && recovery;

    private IStringLocalizer<AccountText> Text => text;

    private string Next => LocalAddress.IsLocal(ReturnUrl) ? ReturnUrl! : "/";

    protected override async Task OnInitializedAsync()
    {
        _user = await signIn.GetTwoFactorAuthenticationUserAsync();
        if (_user is null && HttpMethods.IsGet(Http.Request.Method))
            navigation.NavigateTo($"/account/login?returnUrl={Uri.EscapeDataString(Next)}");
    }

    private async Task SignInAsync()
    {
        if (_user is null)
        {
            navigation.NavigateTo($"/account/login?returnUrl={Uri.EscapeDataString(Next)}"); // the password was entered too long ago
            return;
        }

        var code = Input?.Code ?? "";
        var outcome = Recovery ? await signIn.SignInWithRecoveryCodeAsync(_user, code) : await signIn.SignInWithCodeAsync(_user, code);
        if (outcome == SignInOutcome.SignedIn)
        {
            navigation.NavigateTo(Next);
            return;
        }

        _problem = text[outcome switch
        {
            SignInOutcome.LockedOut => "CodesLockedOut",
            SignInOutcome.Disabled => "Disabled",
            _ => Recovery ? "RecoveryRefused" : "CodeRefused",
        }];
    }

    private string AddressOf(bool recovery) =>
        $"/account/login/code?{(recovery ? "recovery=true&" : "")}returnUrl={Uri.EscapeDataString(Next)}";

    private sealed class Form
    {
        public string? Code { get; set; }
    }
}
