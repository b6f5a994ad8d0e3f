using OnboardingPortal.App.Sandbox.Pages;

namespace OnboardingPortal.App.Sandbox.Mailchimp;

/// <summary>Mailchimp's sign-in and consent pages.</summary>
internal static class MailchimpDialogEndpoints
{
    public static void MapMailchimpDialog(this IEndpointRouteBuilder mailchimp)
    {
        mailchimp.MapGet("oauth2/authorize", (HttpRequest http) =>
            Read(http, out _) is { } problem ? problem : Login(http, MailchimpPeople.Find(http.Query["person"])));
        mailchimp.MapPost("oauth2/authorize", SignInAsync);
        mailchimp.MapGet("oauth2/consent", ShowConsent);
        mailchimp.MapPost("oauth2/consent", AnswerConsentAsync);
    }

    private static async Task<IResult> SignInAsync(HttpRequest http, SandboxSignIns signIns)
    {
        if (Read(http, out var request) is { } problem)
            return problem;
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        var email = form["email"].ToString().Trim();
        var person = MailchimpPeople.All.FirstOrDefault(p => p.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
        if (person is null)
            return Login(http, person, email, "Nobody here signs in with that. Choose one of the test people below.");
        if (form["password"].ToString().Length == 0)
            return Login(http, person, email, "Type a password. Any will do.");
        if (person.Behaviour == SandboxBehaviour.CancelsAtConsent)
            return Deny(request.RedirectUri, request.State);
        return Results.Redirect($"{http.PathBase}{SandboxApp.MailchimpPath}/oauth2/consent?sign_in={signIns.Begin(person, request).Id}");
    }

    private static IResult ShowConsent(HttpRequest http, SandboxSignIns signIns) =>
        signIns.Find(SandboxPlatforms.Mailchimp, http.Query["sign_in"]) is { } signIn && MailchimpPeople.Find(signIn.Person) is { } person
            ? SandboxPages.Page<MailchimpConsentPage>(new { Person = person, SignIn = signIn })
            : TooLate();

    private static async Task<IResult> AnswerConsentAsync(HttpRequest http, SandboxSignIns signIns)
    {
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        if (signIns.Find(SandboxPlatforms.Mailchimp, form["sign_in"]) is not { } signIn)
            return TooLate();
        return form["answer"] == "authorize"
            ? AuthorizeRequest.ReturnCode(
                signIn.RedirectUri, signIn.State, signIns.IssueCode(SandboxPlatforms.Mailchimp, signIn.Person, signIn.RedirectUri))
            : Deny(signIn.RedirectUri, signIn.State);
    }

    private static IResult? Read(HttpRequest http, out AuthorizeRequest request)
    {
        (var read, var problem) = AuthorizeRequest.Read(http, SandboxApp.MailchimpClientId);
        request = read!; // only read when this answers null
        return problem is null ? null : SandboxPages.Problem(SandboxPlatforms.Mailchimp, problem);
    }

    private static IResult Login(HttpRequest http, MailchimpPerson? chosen, string? email = null, string? error = null) =>
        SandboxPages.Page<SandboxLoginPage>(
            new
            {
                Platform = SandboxPlatforms.Mailchimp,
                PlatformName = "Mailchimp",
                EmailLabel = "Email",
                ButtonText = "Sign in",
                People = MailchimpPeople.All,
                Chosen = chosen,
                Email = email ?? chosen?.Email,
                Error = error,
                Http = http,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static IResult Deny(string redirectUri, string? state) =>
        AuthorizeRequest.Return(redirectUri, [new("error", "access_denied"), new("state", state)]);

    private static IResult TooLate() => SandboxPages.Problem(
        SandboxPlatforms.Mailchimp, "This sign-in is no longer valid. Go back to where you came from and start again.");
}
