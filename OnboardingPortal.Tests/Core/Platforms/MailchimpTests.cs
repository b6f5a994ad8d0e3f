using System.Net;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Reads no database, hence runs on one.</summary>
public sealed class MailchimpTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Login = "https://login.mailchimp.com/oauth2/";
    private static readonly Uri Callback = new("https://portal.example/connect/mailchimp/callback");

    [Fact]
    public void The_sign_in_page_is_asked_without_scopes() => Assert.Equal(
        "https://login.mailchimp.com/oauth2/authorize?response_type=code&client_id=mailchimp-client&redirect_uri=https:%2F%2Fportal.example%2Fconnect%2Fmailchimp%2Fcallback&state=s",
        Portal.Get<MailchimpClient>().AuthorizeAddress(new AuthorizeCall(ConnectPurpose.Client, "s", Callback, false)).AbsoluteUri
            .Replace("%3A", ":", StringComparison.Ordinal));

    [Fact]
    public async Task Somebody_signs_in_with_the_documented_calls_though_the_token_has_no_life_and_no_scope()
    {
        Answers("""{"dc":"us21","api_endpoint":"https://us21.api.mailchimp.com"}""");

        var signIn = Value(await SignInAsync());

        Assert.Equal(new PlatformAccount("a1b2", "Blue Bakery", "office@bluebakery.example"), signIn.Account);
        Assert.Equal(new PlatformCredentials("5c6cc", null, null, new Uri("https://us21.api.mailchimp.com/")), signIn.Credentials);
        var exchange = Assert.Single(Http.CallsOf(Login + "token"));
        Assert.Equal(["client_id", "client_secret", "code", "grant_type", "redirect_uri"], exchange.Form.Keys.Order());
        Assert.Equal(
            ("authorization_code", "the-code", Callback.AbsoluteUri),
            (exchange.Form["grant_type"], exchange.Form["code"], exchange.Form["redirect_uri"]));
        Assert.All(Http.Calls.Skip(1), c => Assert.Equal("5c6cc", c.Token));
    }

    [Theory]
    [InlineData("""{"dc":"us6"}""", "https://us6.api.mailchimp.com/")]
    [InlineData("""{"api_endpoint":"https://api.mailchimp.com"}""", "https://api.mailchimp.com/")]
    [InlineData("""{"dc":"us6","api_endpoint":"https://us6.api.mailchimp.com","login":null,"new_member":[{}]}""", "https://us6.api.mailchimp.com/")]
    public async Task The_accounts_API_is_where_the_metadata_says(string metadata, string api)
    {
        Answers(metadata, api);

        Assert.Equal(api, Value(await SignInAsync()).Credentials.ApiAddress!.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"api_endpoint":"https://evil.example"}""")]
    [InlineData("""{"api_endpoint":"https://us21.api.mailchimp.com.evil.example"}""")]
    [InlineData("""{"api_endpoint":"https://evil.example/us21.api.mailchimp.com"}""")]
    [InlineData("""{"api_endpoint":"https://us21.api.mailchimp.com@evil.example"}""")]
    [InlineData("""{"api_endpoint":"http://us21.api.mailchimp.com"}""")]
    [InlineData("""{"api_endpoint":"https://us21.api.mailchimp.com:8443"}""")]
    [InlineData("""{"api_endpoint":"https://us1234.api.mailchimp.com"}""")]
    [InlineData("""{"api_endpoint":"http://127.0.0.1:5080/sandbox/mailchimp/"}""")]
    [InlineData("""{"api_endpoint":"http://169.254.169.254/latest"}""")]
    [InlineData("""{"api_endpoint":"file:///etc/passwd"}""")]
    [InlineData("""{"dc":"evil.example/"}""")]
    [InlineData("""{"dc":"us1.evil.example#"}""")]
    [InlineData("""{"dc":""}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task An_API_elsewhere_is_refused_before_the_token_is_sent_there(string metadata)
    {
        Answers(metadata);

        Assert.Equal(PlatformFailureKind.Nonsense, await FailureAsync());
        Assert.Equal([Login + "token", Login + "metadata"], Http.Calls.Select(c => c.Address));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", PlatformFailureKind.RateLimited)]
    [InlineData(HttpStatusCode.Forbidden, """{"title":"Forbidden","status":403,"instance":"995c"}""", PlatformFailureKind.PermissionDenied)]
    [InlineData(HttpStatusCode.Unauthorized, """{"title":"API Key Invalid","status":401}""", PlatformFailureKind.AuthExpired)]
    [InlineData(HttpStatusCode.TooManyRequests, "", PlatformFailureKind.RateLimited)]
    [InlineData(HttpStatusCode.OK, "", PlatformFailureKind.Nonsense)]
    public async Task Whatever_Mailchimp_answers_has_a_meaning(HttpStatusCode status, string body, PlatformFailureKind kind)
    {
        Answers("""{"dc":"us21"}""");
        Http.On(HttpMethod.Get, "https://us21.api.mailchimp.com/3.0/", body, status);

        Assert.Equal(kind, await FailureAsync());
        Assert.Equal(3, Http.Calls.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""", PlatformFailureKind.AuthExpired)]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"invalid_client"}""", PlatformFailureKind.Misconfigured)]
    [InlineData(HttpStatusCode.InternalServerError, "<html>", PlatformFailureKind.Transient)]
    [InlineData(HttpStatusCode.OK, "", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, """{"access_token":""}""", PlatformFailureKind.Nonsense)]
    public async Task A_refused_code_has_a_meaning_and_is_not_sent_again(HttpStatusCode status, string body, PlatformFailureKind kind)
    {
        Http.On(HttpMethod.Post, Login + "token", body, status);

        Assert.Equal(kind, await FailureAsync());
        Assert.Single(Http.Calls);
    }

    [Fact]
    public async Task An_account_without_a_name_is_called_by_its_id_and_one_without_an_id_is_none()
    {
        Answers("""{"dc":"us21"}""");
        Http.On(HttpMethod.Get, "https://us21.api.mailchimp.com/3.0/", """{"account_id":"a1b2","account_name":""}""");
        Assert.Equal(new PlatformAccount("a1b2", "a1b2", null), Value(await SignInAsync()).Account);

        Http.On(HttpMethod.Get, "https://us21.api.mailchimp.com/3.0/", """{"account_name":"Blue Bakery"}""");
        Assert.Equal(PlatformFailureKind.Nonsense, await FailureAsync());
    }

    private void Answers(string metadata, string api = "https://us21.api.mailchimp.com/")
    {
        Http.On(HttpMethod.Post, Login + "token", """{"access_token":"5c6cc","expires_in":0,"scope":null}""");
        Http.On(HttpMethod.Get, Login + "metadata", metadata);
        Http.On(HttpMethod.Get, api + "3.0/",
            """{"account_id":"a1b2","account_name":"Blue Bakery","email":"office@bluebakery.example","role":"owner"}""");
    }

    private Task<Result<PlatformSignIn>> SignInAsync() =>
        Portal.Get<MailchimpClient>().SignInAsync("the-code", new AuthorizeCall(ConnectPurpose.Client, "s", Callback, false), Cancel);

    private async Task<PlatformFailureKind> FailureAsync() => Assert.IsType<PlatformFailure>((await SignInAsync()).Error).Kind;
}
