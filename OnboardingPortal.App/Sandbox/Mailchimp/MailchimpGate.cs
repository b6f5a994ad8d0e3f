namespace OnboardingPortal.App.Sandbox.Mailchimp;

/// <summary>What every call with a token passes: the token, the account's state, and whatever is to go wrong for that person.</summary>
internal sealed class MailchimpGate(SandboxTokens tokens, SandboxDisturbances disturbances, TimeProvider clock)
{
    public async Task<IResult> AnswerAsync(HttpContext http, Func<MailchimpPerson, IResult> answer)
    {
        if (ReadToken(http.Request) is not { } value
            || tokens.Find(SandboxPlatforms.Mailchimp, value) is not { } token
            || !token.IsLive(clock.GetUtcNow())
            || MailchimpPeople.Find(token.Person) is not { } person)
            return MailchimpProblem.TokenInvalid;

        var disturbance = await disturbances.ForAsync(person, http.RequestAborted);
        return disturbance switch
        {
            Disturbance.ServerError => MailchimpProblem.ServerError,
            Disturbance.RateLimited => MailchimpProblem.TooManyCalls,
            Disturbance.Nonsense => Results.Text(SandboxDisturbances.NonsenseBody, "application/json"),
            _ when person.Behaviour == SandboxBehaviour.AccountClosed => MailchimpProblem.AccountClosed,
            _ => answer(person),
        };
    }

    // The classic guide writes OAuth where the present one writes Bearer; both are accepted.
    private static string? ReadToken(HttpRequest request) => request.Headers.Authorization.ToString().Split(' ', 2) switch
    {
        [var scheme, var value] when scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("OAuth", StringComparison.OrdinalIgnoreCase) => value.Trim(),
        _ => null,
    };
}
