using System.Text.Json.Nodes;

namespace OnboardingPortal.App.Sandbox.Mailchimp;

/// <summary>The addresses of the Mailchimp stand-in.</summary>
internal static class MailchimpEndpoints
{
    public static void MapMailchimp(this IEndpointRouteBuilder sandbox)
    {
        var mailchimp = sandbox.MapGroup("/mailchimp");
        mailchimp.MapMailchimpDialog();
        mailchimp.MapPost("oauth2/token", ExchangeAsync);
        mailchimp.MapGet("oauth2/metadata", (HttpContext http, MailchimpGate gate) => gate.AnswerAsync(http, person => Metadata(http.Request, person)));

        var api = mailchimp.MapGroup("/{dc:regex(^us\\d{{1,3}}$)}/3.0");
        api.Map("", MailchimpApi.Root);
        api.Map("ping", (_, _) => MailchimpApi.Answer(new() { ["health_status"] = "Everything's Chimpy!" }));
        api.Map("lists", MailchimpApi.Lists);
        api.Map("lists/{list}", MailchimpApi.List);
        api.Map("lists/{list}/members", MailchimpApi.Members);
        api.Map("{**path}", (_, _) => MailchimpProblem.NotFound);
    }

    private static void Map(this IEndpointRouteBuilder api, string pattern, Func<MailchimpPerson, HttpRequest, IResult> answer) =>
        api.MapGet(pattern, (string dc, HttpContext http, MailchimpGate gate) => gate.AnswerAsync(
            http, person => dc == person.Account.DataCentre ? answer(person, http.Request) : MailchimpProblem.WrongDataCentre));

    private static async Task<IResult> ExchangeAsync(HttpRequest http, SandboxSignIns signIns, SandboxTokens tokens, SandboxDisturbances disturbances)
    {
        if (!http.HasFormContentType)
            return Refuse("invalid_request");
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        if (form["client_id"] != SandboxApp.MailchimpClientId || form["client_secret"] != SandboxApp.MailchimpClientSecret)
            return Refuse("invalid_client");
        if (form["grant_type"] != "authorization_code")
            return Refuse("unsupported_grant_type");

        var (outcome, person) = signIns.TakeCode(SandboxPlatforms.Mailchimp, form["code"], form["redirect_uri"]);
        if (outcome != CodeOutcome.Good || MailchimpPeople.Find(person) is not { } found)
            return Refuse("invalid_grant");
        await disturbances.DelayAsync(found, http.HttpContext.RequestAborted);
        return MailchimpApi.Answer(new()
        {
            ["access_token"] = tokens.Issue(SandboxPlatforms.Mailchimp, person, life: null).Value,
            ["expires_in"] = 0, // it never expires; the real one says so with a nought, too
            ["scope"] = null,
        });
    }

    private static IResult Refuse(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Metadata(HttpRequest http, MailchimpPerson person) => MailchimpApi.Answer(new()
    {
        ["dc"] = person.Account.DataCentre,
        ["role"] = "owner",
        ["accountname"] = person.Account.Name,
        ["user_id"] = person.Account.UserId,
        ["login"] = new JsonObject
        {
            ["login_id"] = person.Account.LoginId,
            ["login_name"] = person.Key,
            ["login_email"] = person.Email,
            ["email"] = person.Email,
        },
        ["login_url"] = $"{http.Scheme}://{http.Host}{http.PathBase}{SandboxApp.MailchimpPath}",
        ["api_endpoint"] = $"{http.Scheme}://{http.Host}{http.PathBase}{SandboxApp.MailchimpPath}/{person.Account.DataCentre}",
    });
}
