using System.Net;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Tests.Core.Platforms.Contracts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>What only HubSpot has. Reads no database, hence runs on one.</summary>
public sealed class HubSpotTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private static readonly HubSpotAnswers Answers = new();

    private HubSpotClient Client => Portal.Get<HubSpotClient>();

    [Fact]
    public async Task Whose_token_it_is_is_asked_with_the_apps_secret_in_the_body()
    {
        Answers.Identity[0].On(Http);

        Value(await IdentifyAsync());

        var call = Assert.Single(Http.Calls);
        Assert.Equal(
            ("hubspot-client", "hubspot-secret", "CIrT", "access_token"),
            (call.Form["client_id"], call.Form["client_secret"], call.Form["token"], call.Form["token_type_hint"]));
        Assert.Empty(call.Query);
        Assert.Null(call.Token);
    }

    [Fact]
    public async Task An_account_without_a_domain_is_called_by_its_number()
    {
        (Answers.Identity[0] with { Body = """{"active":true,"hub_id":62515}""" }).On(Http);
        Assert.Equal(new PlatformAccount("62515", "62515", null), Value(await IdentifyAsync()));

        (Answers.Identity[0] with { Body = """{"active":true}""" }).On(Http);
        Assert.Equal(PlatformFailureKind.Nonsense, Assert.IsType<PlatformFailure>((await IdentifyAsync()).Error).Kind);
    }

    [Fact]
    public async Task Scopes_that_are_not_told_are_those_that_were_asked_for()
    {
        (Answers.SignIn[0] with
        {
            Body = """{"access_token":"CIrT","refresh_token":"na1-1234","expires_in":1800,"token_type":"bearer","token_use":"access_token"}"""
        }).On(Http);
        Answers.Identity[0].On(Http);

        var signIn = Value(
            await Client.SignInAsync(
                "the-code", new AuthorizeCall(ConnectPurpose.Client, "s", new Uri("https://portal.example/x")), Cancel));

        Assert.Equal("oauth crm.objects.contacts.read crm.lists.read", signIn.Scopes);
    }

    [Theory]
    [InlineData("1", "10000", 0)]
    [InlineData("0", "10000", 10)]
    [InlineData("0", null, 10)]
    [InlineData("0", "60000", 60)]
    [InlineData("nonsense", "60000", 0)]
    public async Task The_last_call_of_the_ten_seconds_is_the_last(string remaining, string? milliseconds, int pause)
    {
        var headers = new Dictionary<string, string> { ["X-HubSpot-RateLimit-Remaining"] = remaining };
        if (milliseconds is not null) headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = milliseconds;
        (Answers.Identity[0] with { Headers = headers }).On(Http);
        Value(await IdentifyAsync());

        var second = await IdentifyAsync();

        Assert.Equal(pause == 0 ? null : TimeSpan.FromSeconds(pause), (second.Error as PlatformFailure)?.RetryAfter);
    }

    [Fact]
    public async Task HubSpots_id_of_a_refused_call_is_kept_for_its_support_and_its_words_are_not_shown()
    {
        (Answers.Identity[0] with
        {
            Status = HttpStatusCode.Forbidden,
            Body = """{"message":"for developers","correlationId":"c033","category":"MISSING_SCOPES"}"""
        }).On(Http);

        var failure = Assert.IsType<PlatformFailure>((await IdentifyAsync()).Error);

        Assert.Equal((PlatformFailureKind.PermissionDenied, "c033", null), (failure.Kind, failure.TraceId, failure.UserText));
    }

    private Task<Result<PlatformAccount>> IdentifyAsync() => Client.IdentifyAsync(Answers.Credentials, Cancel);
}
