using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox.OAuth;

/// <summary>An authorization page: sign in, answer what the app asks for, go back.</summary>
internal static class OAuthDialog
{
    private const string ConsentPath = "consent"; // beside the authorization page

    public static void MapOAuthDialog(this IEndpointRouteBuilder endpoints, OAuthStandIn platform, string path)
    {
        var consent = path[..(path.LastIndexOf('/') + 1)] + ConsentPath;
        endpoints.MapGet(path, (HttpRequest http) =>
            Read(http, platform, out _) ?? Login(http, platform, platform.FindPerson(http.Query["person"])));
        endpoints.MapPost(path, (HttpRequest http) => SignInAsync(http, platform));
        endpoints.MapGet(consent, (HttpRequest http) => ShowConsent(http, platform));
        endpoints.MapPost(consent, (HttpRequest http) => AnswerConsentAsync(http, platform));
    }

    private static async Task<IResult> SignInAsync(HttpRequest http, OAuthStandIn platform)
    {
        if (Read(http, platform, out var request) is { } problem)
            return problem;
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        var email = form["email"].ToString().Trim();
        var person = platform.People.FirstOrDefault(p => p.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
        if (person is null)
            return Login(http, platform, person, email, "Nobody here signs in with that. Choose one of the test people below.");
        if (form["password"].ToString().Length == 0)
            return Login(http, platform, person, email, "Type a password. Any will do.");

        switch (person.Behaviour)
        {
            case SandboxBehaviour.CancelsAtConsent:
                return Deny(platform, request);
            case SandboxBehaviour.StoppedAtSignIn:
                return platform.Stop(person, request);
            case SandboxBehaviour.UnticksPermission:
                return Allow(platform, person.Key, request, [.. request.Scopes.Where(s => !platform.CanBeUnticked(s))]);
            default:
                var path = http.Path.Value!;
                var signIn = platform.Services.SignIns.Begin(person, request).Id;
                return Results.Redirect($"{http.PathBase}{path[..path.LastIndexOf('/')]}/{ConsentPath}?sign_in={signIn}");
        }
    }

    private static IResult ShowConsent(HttpRequest http, OAuthStandIn platform) =>
        platform.Services.SignIns.Find(platform.Key, http.Query["sign_in"]) is { } signIn
            && platform.FindPerson(signIn.Person) is { } person
            ? SandboxPages.Page<OAuthConsentPage>(new { Platform = platform, Person = person, SignIn = signIn })
            : TooLate(platform);

    private static async Task<IResult> AnswerConsentAsync(HttpRequest http, OAuthStandIn platform)
    {
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        if (platform.Services.SignIns.Find(platform.Key, form["sign_in"]) is not { } signIn)
            return TooLate(platform);
        return form["answer"] == "authorize"
            ? Allow(platform, signIn.Person, signIn.Request,
                [.. signIn.Request.Scopes.Where(s => !platform.CanBeUnticked(s) || form["scope"].Contains(s))])
            : Deny(platform, signIn.Request);
    }

    /// <summary>What is wrong with the request; null when nothing is.</summary>
    private static IResult? Read(HttpRequest http, OAuthStandIn platform, out AuthorizeRequest request)
    {
        (var read, var problem) = AuthorizeRequest.Read(http, platform.App.ClientId, platform.NeedsResponseType);
        request = read!; // only read when this answers null
        if (read is not null && platform.RequiresChallenge && read.CodeChallenge is null)
            return read.ReturnError("invalid_request", "missing required code challenge");
        var unknown = read?.Scopes.Where(s => !platform.ScopeWords.ContainsKey(s)).ToList() ?? [];
        if (unknown.Count > 0)
            problem = $"Invalid scopes: {string.Join(", ", unknown)}.";
        return problem is null ? null : SandboxPages.Problem(platform.Key, problem);
    }

    private static IResult Login(
        HttpRequest http, OAuthStandIn platform, SandboxPerson? chosen, string? email = null, string? error = null) =>
        SandboxPages.Page<SandboxLoginPage>(
            new
            {
                Platform = platform.Key,
                PlatformName = platform.Name,
                EmailLabel = "Email",
                ButtonText = "Sign in",
                platform.People,
                Chosen = chosen,
                Email = email ?? chosen?.Email,
                Error = error,
                Http = http,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static IResult Allow(OAuthStandIn platform, string person, AuthorizeRequest request, IReadOnlyList<string> granted) =>
        AuthorizeRequest.ReturnCode(
            request.RedirectUri, request.State,
            platform.Services.SignIns.IssueCode(platform.Key, person, request with { Scopes = granted }));

    private static IResult Deny(OAuthStandIn platform, AuthorizeRequest request) =>
        request.ReturnError("access_denied", platform.DenialDescription);

    private static IResult TooLate(OAuthStandIn platform) =>
        SandboxPages.Problem(platform.Key, "This sign-in is no longer valid. Go back to where you came from and start again.");
}
