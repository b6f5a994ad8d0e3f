using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>Facebook's login dialog: sign in, answer what the app asks for, go back.</summary>
internal static class FacebookDialogEndpoints
{
    private static readonly KeyValuePair<string, string?>[] Denied =
    [
        new("error", "access_denied"),
        new("error_reason", "user_denied"),
        new("error_description", "Permissions error."),
        new("error_code", "200"),
    ];

    public static void MapFacebookDialog(this IEndpointRouteBuilder sandbox)
    {
        var dialog = sandbox.MapGroup("/facebook/{version:regex(^v\\d+\\.\\d+$)}/dialog");
        dialog.MapGet("oauth", (HttpRequest http) =>
            Read(http, out _) is { } problem ? problem : Login(http, FacebookPeople.Find(http.Query["person"])));
        dialog.MapPost("oauth", SignInAsync);
        dialog.MapGet("consent", ShowConsent);
        dialog.MapPost("consent", AnswerConsentAsync);
    }

    private static async Task<IResult> SignInAsync(
        HttpRequest http, string version, SandboxSignIns signIns, FacebookPermissions permissions)
    {
        if (Read(http, out var request) is { } problem)
            return problem;
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        var email = form["email"].ToString().Trim();
        var person = FacebookPeople.All.FirstOrDefault(p => p.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
        if (person is null)
            return Login(http, person, email, "Nobody here signs in with that. Choose one of the test people below.");
        if (form["password"].ToString().Length == 0)
            return Login(http, person, email, "Type a password. Any will do.");

        var toAsk = permissions.ToAsk(person.Key, request);
        switch (person.Behaviour)
        {
            case SandboxBehaviour.CancelsAtConsent:
                return Deny(request.RedirectUri, request.State);
            case SandboxBehaviour.UnticksPermission when !(request.AsksAgain && permissions.HasDeclined(person.Key)):
                permissions.Answer(person.Key, toAsk, [.. toAsk.Where(p => p != "business_management")]);
                return Allow(signIns, person.Key, request);
            default:
                var signIn = signIns.Begin(person, request with { Scopes = toAsk });
                return Results.Redirect($"{http.PathBase}{FacebookApp.Path}/{version}/dialog/consent?sign_in={signIn.Id}");
        }
    }

    private static IResult ShowConsent(HttpRequest http, SandboxSignIns signIns) =>
        signIns.Find(FacebookApp.Key, http.Query["sign_in"]) is { } signIn && FacebookPeople.Find(signIn.Person) is { } person
            ? SandboxPages.Page<FacebookConsentPage>(new { Person = person, SignIn = signIn })
            : TooLate();

    private static async Task<IResult> AnswerConsentAsync(HttpRequest http, SandboxSignIns signIns, FacebookPermissions permissions)
    {
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        if (signIns.Find(FacebookApp.Key, form["sign_in"]) is not { } signIn)
            return TooLate();
        if (form["answer"] != "continue")
            return Deny(signIn.Request.RedirectUri, signIn.Request.State);
        permissions.Answer(signIn.Person, signIn.Request.Scopes, [.. form["permission"].OfType<string>()]);
        return Allow(signIns, signIn.Person, signIn.Request);
    }

    private static IResult? Read(HttpRequest http, out AuthorizeRequest request)
    {
        (var read, var problem) = AuthorizeRequest.Read(http, FacebookApp.Id);
        var unknown = read?.Scopes.Where(s => !FacebookPermissions.Words.ContainsKey(s)).ToList() ?? [];
        if (unknown.Count > 0)
            problem = $"Invalid scopes: {string.Join(", ", unknown)}.";
        request = read!; // only read when this answers null
        return problem is null ? null : SandboxPages.Problem(FacebookApp.Key, problem);
    }

    private static IResult Login(HttpRequest http, FacebookPerson? chosen, string? email = null, string? error = null) =>
        SandboxPages.Page<SandboxLoginPage>(
            new
            {
                Platform = FacebookApp.Key,
                PlatformName = "Facebook",
                EmailLabel = "Email or phone",
                ButtonText = "Log In",
                People = FacebookPeople.All,
                Chosen = chosen,
                Email = email ?? chosen?.Email,
                Error = error,
                Http = http,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static IResult Allow(SandboxSignIns signIns, string person, AuthorizeRequest request) =>
        AuthorizeRequest.ReturnCode(request.RedirectUri, request.State, signIns.IssueCode(FacebookApp.Key, person, request));

    private static IResult Deny(string redirectUri, string? state) =>
        AuthorizeRequest.Return(redirectUri, [.. Denied, new("state", state)]);

    private static IResult TooLate() => SandboxPages.Problem(
        FacebookApp.Key, "This sign-in is no longer valid. Go back to where you came from and start again.");
}
