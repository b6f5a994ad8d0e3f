using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Account;

/// <summary>A user's name, language, time zone and password. Static: the cookie is renewed with what it says of them.</summary>
public sealed partial class ProfilePage(
    CurrentCaller caller, OwnAccount account, PortalSignInManager signIn, NavigationManager navigation, PlatformCatalog platforms,
    IStringLocalizer<AccountText> text, IStringLocalizer<PortalError> errors) : ComponentBase
{
    private Profile _profile = new("", null, null);
    private string _email = "";
    private InputRefused? _profileRefusal;
    private PortalError? _passwordRefusal;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "profile")] private ProfileForm? Input { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private PasswordForm? Passwords { get; set; }

    [SupplyParameterFromQuery] private string? Saved { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    private Profile Chosen => Input is null ? _profile : new Profile(Input.Name ?? "", Given(Input.Language), Given(Input.TimeZone));

    protected override async Task OnInitializedAsync()
    {
        var me = await caller.GetAsync(Http.RequestAborted);
        (_profile, _email) = (await account.FindProfileAsync(me, Http.RequestAborted), me.Email);
    }

    private async Task SaveAsync()
    {
        _profileRefusal = await account.ChangeProfileAsync(await caller.GetAsync(Http.RequestAborted), Chosen, Http.RequestAborted) as InputRefused;
        if (_profileRefusal is not null) return;
        if (Chosen.Language is null) Http.Response.Cookies.Delete(CookieRequestCultureProvider.DefaultCookieName); // as the browser has it, not as somebody once chose in it
        await LeaveAsync("profile");
    }

    private async Task ChangePasswordAsync()
    {
        var session = await caller.GetSessionAsync(Http.RequestAborted);
        _passwordRefusal = await account.ChangePasswordAsync(session.Caller, session.Id, Passwords?.Current ?? "", Passwords?.New ?? "", Http.RequestAborted);
        if (_passwordRefusal is null) await LeaveAsync("password");
    }

    private async Task LeaveAsync(string saved)
    {
        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(Http.User))!);
        navigation.NavigateTo($"/account/profile?saved={saved}");
    }

    private string Words(PortalError refusal) => errors.For(refusal, platforms);

    private string? ProblemOf(string field) => _profileRefusal?.Fields.GetValueOrDefault(field);

    private static string? Given(string? choice) => string.IsNullOrEmpty(choice) ? null : choice;

    private sealed class ProfileForm
    {
        public string? Name { get; set; }

        public string? Language { get; set; }

        public string? TimeZone { get; set; }
    }

    private sealed class PasswordForm
    {
        public string? Current { get; set; }

        public string? New { get; set; }
    }
}
