using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>What every Graph call with a person's token passes: token, proof, and whatever is to go wrong for that person.</summary>
internal sealed class GraphGate(SandboxTokens tokens, SandboxDisturbances disturbances, TimeProvider clock)
{
    private static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(5);

    public async Task<IResult> AnswerAsync(HttpContext http, Func<GraphCall, IResult> answer) =>
        await AnswerAsync(http, await GraphCall.ReadParametersAsync(http.Request), answer);

    public async Task<IResult> AnswerAsync(
        HttpContext http, IReadOnlyDictionary<string, string> parameters, Func<GraphCall, IResult> answer)
    {
        var value = Bearer(http.Request) ?? parameters.GetValueOrDefault("access_token") ?? "";
        var (token, pageId) = Find(value);
        if (token is null || FacebookPeople.Find(token.Person) is not { } person)
            return GraphError.TokenUnknown;
        if (!HasProof(value, parameters))
            return GraphError.SignatureWrong;

        if (Refusal(token) is { } refusal)
            return refusal;
        if (person.Behaviour == SandboxBehaviour.SignInRunsOut && !IsBeforeTheEnd(http.Request.Path, person))
        {
            tokens.Expire(token.Id);
            return GraphError.TokenExpired;
        }

        return await DisturbAsync(http, person) ?? answer(new(http, person, token, pageId, parameters));
    }

    /// <summary>What goes wrong with this call; null when nothing does.</summary>
    public async Task<IResult?> DisturbAsync(HttpContext http, FacebookPerson person)
    {
        switch (await disturbances.ForAsync(person, http.RequestAborted))
        {
            case Disturbance.ServerError:
                return GraphError.Temporary;
            case Disturbance.RateLimited:
                http.Response.Headers["X-App-Usage"] = """{"call_count":100,"total_time":64,"total_cputime":31}""";
                return GraphError.TooManyCalls;
            case Disturbance.Nonsense:
                return Results.Text(SandboxDisturbances.NonsenseBody, "application/json");
            default:
                return null;
        }
    }

    /// <summary>The token behind a value, and the Page when the value is a Page's token; both null when it is no token.</summary>
    public (SandboxToken? Token, string? PageId) Find(string value)
    {
        if (tokens.Find(FacebookApp.Key, value) is { } token)
            return (token, null);
        return GraphPageToken.Read(value) is var (tokenId, pageId) ? (tokens.FindById(tokenId), pageId) : (null, null);
    }

    /// <summary>Why the token is no longer good; null while it is.</summary>
    public GraphError? Refusal(SandboxToken token) =>
        token.RevokedAt is not null ? GraphError.AppRemoved : token.HasExpired(clock.GetUtcNow()) ? GraphError.TokenExpired : null;

    internal static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;

    private static bool IsBeforeTheEnd(PathString path, FacebookPerson person) =>
        path.Value?.Split('/')[^1] is var last
            && (last is "me" or "permissions" or "businesses" or "business_users" || last == person.UserId);

    private bool HasProof(string token, IReadOnlyDictionary<string, string> parameters)
    {
        var message = token;
        if (parameters.TryGetValue("appsecret_time", out var text))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > ProofLife.TotalSeconds)
                return false;
            message = $"{token}|{text}";
        }

        var proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(FacebookApp.Secret), Encoding.UTF8.GetBytes(message));
        return string.Equals(parameters.GetValueOrDefault("appsecret_proof"), Convert.ToHexStringLower(proof), StringComparison.Ordinal);
    }
}
