using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>The calls about tokens themselves. They are made with the app's secret instead of a person's token.</summary>
internal sealed class GraphTokens(
    SandboxSignIns signIns, SandboxTokens tokens, FacebookTokens facebook, FacebookPermissions permissions,
    SandboxDisturbances disturbances, GraphGate gate, TimeProvider clock)
{
    public async Task<IResult> ExchangeAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["client_id"] != FacebookApp.Id)
            return new GraphError(400, 101, "Error validating application. Cannot get application info due to a system error.");
        if (query["client_secret"] != FacebookApp.Secret)
            return new GraphError(400, 1, "Error validating client secret.");
        return query["grant_type"].ToString() switch
        {
            "" or "authorization_code" => await ExchangeCodeAsync(http),
            "fb_exchange_token" => await ExtendAsync(http),
            "client_credentials" =>
                GraphAnswer.Json(new() { ["access_token"] = $"{FacebookApp.Id}|{FacebookApp.Secret}", ["token_type"] = "bearer" }),
            _ => GraphError.InvalidParameter("grant_type"),
        };
    }

    public async Task<IResult> DebugAsync(HttpContext http)
    {
        var caller = GraphGate.Bearer(http.Request) ?? http.Request.Query["access_token"].ToString();
        if (caller != $"{FacebookApp.Id}|{FacebookApp.Secret}")
            return GraphError.TokenUnknown;
        if (http.Request.Query["input_token"].ToString() is not { Length: > 0 } input)
            return new GraphError(400, 100, "(#100) The parameter input_token is required");

        var (token, pageId) = gate.Find(input);
        if (token is null || FacebookPeople.Find(token.Person) is not { } person)
            return Data(
                new() { ["is_valid"] = false, ["scopes"] = new JsonArray(), ["error"] = Error(190, null, "Invalid OAuth access token.") });
        return await gate.DisturbAsync(http, person) ?? Data(Describe(token, pageId, person));
    }

    private async Task<IResult> ExchangeCodeAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var (outcome, code) = signIns.TakeCode(FacebookApp.Key, query["code"], query["redirect_uri"]);
        if (outcome == CodeOutcome.Good && FacebookPeople.Find(code?.Person) is { } person)
        {
            await disturbances.DelayAsync(person, http.RequestAborted);
            return Issue(person.Key, FacebookTokens.ShortLife);
        }

        return outcome switch
        {
            CodeOutcome.Used => new GraphError(400, 100, "This authorization code has been used.", subcode: 36009),
            CodeOutcome.Expired => new GraphError(400, 100, "This authorization code has expired.", subcode: 36007),
            CodeOutcome.OtherRedirect => new GraphError(
                400, 100,
                "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth "
                + "dialog request", subcode: 36008),
            _ => new GraphError(400, 100, "Invalid verification code format."),
        };
    }

    private async Task<IResult> ExtendAsync(HttpContext http)
    {
        var token = tokens.Find(FacebookApp.Key, http.Request.Query["fb_exchange_token"].ToString());
        if (token is null || FacebookPeople.Find(token.Person) is not { } person)
            return GraphError.TokenUnknown;
        if (gate.Refusal(token) is { } refusal)
            return refusal;
        await disturbances.DelayAsync(person, http.RequestAborted);
        return Issue(person.Key, FacebookTokens.LongLife);
    }

    private IResult Issue(string person, TimeSpan life) => GraphAnswer.Json(new()
    {
        ["access_token"] = facebook.Issue(person, life).Value,
        ["token_type"] = "bearer",
        ["expires_in"] = (long)life.TotalSeconds,
    });

    private JsonObject Describe(SandboxToken token, string? pageId, FacebookPerson person)
    {
        var granted = permissions.Of(person.Key).Where(p => p.Value == FacebookPermissions.Granted).Select(p => p.Key).ToList();
        var data = new JsonObject
        {
            ["app_id"] = FacebookApp.Id,
            ["type"] = pageId is null ? "USER" : "PAGE",
            ["application"] = SandboxApp.Name,
            ["data_access_expires_at"] = (token.IssuedAt + TimeSpan.FromDays(90)).ToUnixTimeSeconds(),
            ["expires_at"] = token.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
            ["issued_at"] = token.IssuedAt.ToUnixTimeSeconds(),
            ["is_valid"] = token.IsLive(clock.GetUtcNow()),
            ["user_id"] = person.UserId,
            ["scopes"] = new JsonArray([.. granted.Select(g => JsonValue.Create(g))]),
            ["granular_scopes"] = new JsonArray([.. granted.Select(g => new JsonObject { ["scope"] = g })]),
        };
        if (pageId is not null)
            data["profile_id"] = pageId;
        if (token.RevokedAt is not null)
            data["error"] = Error(190, 458, "Error validating access token: The user has not authorized application.");
        else if (token.HasExpired(clock.GetUtcNow()))
            data["error"] = Error(190, 463, "Error validating access token: Session has expired.");
        return data;
    }

    private static JsonObject Error(int code, int? subcode, string message)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (subcode is not null)
            error["subcode"] = subcode;
        return error;
    }

    private static IResult Data(JsonObject data) => GraphAnswer.Json(new JsonObject { ["data"] = data });
}
