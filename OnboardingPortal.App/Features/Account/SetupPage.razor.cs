using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Account;

/// <summary>
/// Makes the first agency of a fresh installation, for anybody who can read the server's log. Gone as soon as somebody can sign in.
/// </summary>
public sealed partial class SetupPage(
    SetupCode code, AgencyService agencies, SignInManager<AgencyUser> signIn, NavigationManager navigation, PlatformCatalog platforms,
    IStringLocalizer<AccountText> text, IStringLocalizer<PortalError> errors) : ComponentBase
{
    private static readonly ResourceManager Words = new(typeof(AccountText));

    private bool _isOpen; // shows no form before it is known: a form on a page that turns out to be gone breaks the page
    private string? _problem;
    private InputRefused? _refused;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "setup")] private Form? Input { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    /// <summary>What a new agency's requests say, in a language.</summary>
    internal static string DefaultMessageIn(string language) => Words.GetString("DefaultMessage", CultureInfo.GetCultureInfo(language))!;

    protected override async Task OnInitializedAsync()
    {
        _isOpen = await agencies.IsEmptyAsync(Http.RequestAborted);
        if (!_isOpen) navigation.NotFound();
    }

    private async Task CreateAsync()
    {
        if (Input is not { } input || !await agencies.IsEmptyAsync(Http.RequestAborted)) return;
        if (!code.TryTake(input.Code))
        {
            _problem = text["SetupCodeWrong"];
            return;
        }

        var agency = new NewAgency(
            input.AgencyName ?? "", input.UserName ?? "", input.Email?.Trim() ?? "", input.Password ?? "", DefaultMessageIn("en"))
        {
            GermanDefaultMessage = DefaultMessageIn("de"),
        };
        Result<AgencyCaller>? created = null;
        try
        {
            created = await agencies.CreateAsync([agency], CancellationToken.None); // a person who hangs up need not type it again
        }
        finally
        {
            if (created is not { Succeeded: true }) code.GiveBack();
        }

        if (!created.Succeeded)
        {
            _problem = errors.For(created.Error, platforms);
            _refused = created.Error as InputRefused;
            return;
        }

        var user = await signIn.UserManager.FindByEmailAsync(created.Value.Email);
        await signIn.SignInAsync(user!, isPersistent: false);
        navigation.NavigateTo("/");
    }

    private string? ProblemOf(string field) => _refused?.Fields.GetValueOrDefault(field);

    private sealed class Form
    {
        public string? Code { get; set; }

        public string? AgencyName { get; set; }

        public string? UserName { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
