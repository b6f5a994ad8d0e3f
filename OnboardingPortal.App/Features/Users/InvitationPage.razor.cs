using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Users;

/// <summary>Where an invitation's link leads. Looking changes nothing: mail scanners open links.</summary>
public sealed partial class InvitationPage(
    InvitationAnswers answers, SignInManager<AgencyUser> signIn, NavigationManager navigation, PlatformCatalog platforms,
    IStringLocalizer<UsersText> text,
    IStringLocalizer<PortalError> errors) : ComponentBase
{
    private InvitationLanding? _landing;   // null before somebody looked, too: a form must be there when its answer comes
    private PortalError? _dead;            // why the link leads nowhere
    private string? _problem;
    private InputRefused? _refused;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string Token { get; set; } = "";

    [SupplyParameterFromForm(FormName = "join")] private Form? Input { get; set; }

    private IStringLocalizer<UsersText> Text => text;

    protected override async Task OnInitializedAsync()
    {
        if (!HttpMethods.IsPost(Http.Request.Method)) await LookAsync();
    }

    private async Task JoinAsync()
    {
        var joined = await answers.AcceptAsync(
            Token, new NewMember(Input?.Name ?? "", Input?.Password ?? ""), Http.Connection.RemoteIpAddress?.ToString(),
            Http.RequestAborted);
        if (joined.Succeeded)
        {
            await signIn.SignOutAsync(); // somebody else may be signed in here
            navigation.NavigateTo($"/account/login?told=joined&email={Uri.EscapeDataString(joined.Value)}");
            return;
        }

        _refused = joined.Error as InputRefused;
        if (joined.Error is UserRefused weak) _problem = WordsFor(weak);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        var found = await answers.FindAsync(Token, Http.RequestAborted);
        if (found.Succeeded)
        {
            _landing = found.Value;
            return;
        }

        _dead = found.Error;
        if (_dead is InvitationUnknown) Http.AnswerNotFound();
        else Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private string? ProblemOf(string field) => _refused?.Fields.GetValueOrDefault(field);

    private string WordsFor(PortalError error) => errors.For(error, platforms);

    private sealed class Form
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}
