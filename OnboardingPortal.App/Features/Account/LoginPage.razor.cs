using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Sandbox.Demo;

namespace OnboardingPortal.App.Features.Account;

/// <summary>Signs an agency user in. Static, since only an HTTP answer can set the session's cookie.</summary>
public sealed partial class LoginPage(
    PortalSignInManager signIn, AgencyService agencies, NavigationManager navigation, IWebHostEnvironment environment,
    IStringLocalizer<AccountText> text) : ComponentBase
{
    private static readonly AgencyUser Nobody = new();
    private static string? s_nobodysPassword;
    private string? _problem;
    private string? _next;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "login")] private Credentials? Input { get; set; }

    [SupplyParameterFromForm(FormName = "passkey")] private PasskeyInput? Passkey { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    /// <summary>What happened before, by name: somebody joined or set a new password.</summary>
    [SupplyParameterFromQuery] private string? Told { get; set; }

    /// <summary>With whom to begin.</summary>
    [SupplyParameterFromQuery] private string? Email { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    private IReadOnlyList<DemoUser> DemoUsers => environment.IsDevelopment()
        ? [DemoAgencies.Owner, DemoAgencies.Member, DemoAgencies.OtherOwner]
        : [];

    private string Next => LocalAddress.IsLocal(ReturnUrl) ? ReturnUrl! : "/";

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsPost(Http.Request.Method)) return;
        if (CurrentCaller.IdOf(Http.User) is not null) navigation.NavigateTo(Next);
        else if (await agencies.IsEmptyAsync(Http.RequestAborted)) navigation.NavigateTo("/setup");
    }

    private async Task SignInAsync()
    {
        var email = Input?.Email?.Trim() ?? "";
        var password = Input?.Password ?? "";
        _problem = email.Length == 0
            ? text["EmailMissing"].Value
            : password.Length == 0 ? text["PasswordMissing"].Value : await TrySignInAsync(email, password);
        if (_problem is null) navigation.NavigateTo(_next ?? Next);
    }

    private async Task SignInWithPasskeyAsync()
    {
        _problem = await signIn.SignInWithPasskeyAsync(Passkey?.Credential ?? "") switch
        {
            SignInOutcome.SignedIn => null,
            SignInOutcome.Disabled => text["Disabled"].Value,
            _ => text["PasskeyRefused"].Value,
        };
        if (_problem is null) navigation.NavigateTo(Next);
    }

    private async Task<string?> TrySignInAsync(string email, string password)
    {
        var user = await signIn.UserManager.FindByEmailAsync(email);
        var outcome = user is null ? SignInOutcome.LockedOut : await signIn.SignInWithPasswordAsync(user, password);
        if (outcome == SignInOutcome.CodeNeeded) _next = $"/account/login/code?returnUrl={Uri.EscapeDataString(Next)}";
        return outcome switch
        {
            SignInOutcome.SignedIn or SignInOutcome.CodeNeeded => null,
            // in the words and the time of a wrong password: neither tells who has an account
            SignInOutcome.LockedOut => RefusedUnread(password),
            SignInOutcome.Disabled => text["Disabled"].Value,
            SignInOutcome.PasskeyNeeded => text["PasskeyNeeded"].Value,
            _ => text["Refused"].Value,
        };
    }

    private string RefusedUnread(string password)
    {
        var hasher = signIn.UserManager.PasswordHasher;
        s_nobodysPassword ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        hasher.VerifyHashedPassword(Nobody, s_nobodysPassword, password);
        return text["Refused"];
    }

    private sealed class PasskeyInput
    {
        public string? Credential { get; set; }
    }

    private sealed class Credentials
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
