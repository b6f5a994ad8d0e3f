using System.Net;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Does the same on every database, hence runs on one.</summary>
public sealed class ActiveCampaignTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Api = "https://bakery.api-us1.com/";
    private const string Me = Api + "api/3/users/me";
    private static readonly PlatformKey Key = ActiveCampaignDefaults.Key;

    private KeyAccounts Keys => Portal.Get<KeyAccounts>();

    [Theory]
    [InlineData("https://bakery.api-us1.com")]
    [InlineData(" https://bakery.api-us1.com/ ")]
    [InlineData("https://bakery.api-us1.com/api/3")]
    [InlineData("https://BAKERY.api-us1.com:443/api/3/")]
    [InlineData("bakery.api-us1.com")]
    [InlineData("https://bakery.api-us1.com/admin")]
    [InlineData("https://bakery.api-us1.com/app/contacts?limit=20&x=1#top")]
    public async Task An_address_and_a_key_connect_the_account_they_open(string address)
    {
        var (request, baker) = await AskedAsync();
        Http.On(HttpMethod.Get, Me,
            """{"user":{"id":"1","username":"jdoe","firstName":"","lastName":"","email":"office@bakery.example"}}""");

        Value(await Keys.ConnectAsync(baker, Key, address, " 0a1b2c3d ", Cancel));

        Assert.Equal("0a1b2c3d", Assert.Single(Http.Calls).Headers["Api-Token"]);
        var connection = Assert.Single((await WizardOf(baker)).Connections);
        Assert.Equal(("bakery.api-us1.com", "office@bakery.example", true), (connection.Name, connection.Detail, connection.SignInLives));
        Assert.Contains((await RowOf(request.Id)).Accounts, a => a is { Platform: "activecampaign", Connected: 1 });
    }

    [Theory]
    [InlineData("https://bakery.api-eu1.com", "bakery.api-eu1.com")]
    [InlineData("https://bakery.api-ca1.com/api/3", "bakery.api-ca1.com")]
    [InlineData("https://bakery.activehosted.com/app/settings/developer", "bakery.activehosted.com")]
    public async Task An_account_of_any_region_is_taken_by_the_address_that_the_browser_shows(string address, string host)
    {
        var (_, baker) = await AskedAsync();
        Http.On(HttpMethod.Get, $"https://{host}/api/3/users/me", """{"user":{"id":"1","email":"office@bakery.example"}}""");

        Value(await Keys.ConnectAsync(baker, Key, address, "0a1b2c3d", Cancel));

        Assert.Equal(host, Assert.Single((await WizardOf(baker)).Connections).Name);
    }

    [Theory]
    [InlineData("http://bakery.api-us1.com", AddressProblem.NotHttps)]
    [InlineData("ftp://bakery.api-us1.com", AddressProblem.Malformed)]
    [InlineData("https://user:secret@bakery.api-us1.com", AddressProblem.Malformed)]
    [InlineData("https://bakery.api-us1.com@evil.example", AddressProblem.Malformed)]
    [InlineData("https://bakery.api-us1.com:8443", AddressProblem.Malformed)]
    [InlineData("https://bakery.api-eu1.com.evil.example", AddressProblem.Elsewhere)]
    [InlineData("https://evil-api-eu1.com", AddressProblem.Elsewhere)]
    [InlineData("https://evil.example/bakery.api-eu1.com", AddressProblem.Elsewhere)]
    [InlineData("not an address", AddressProblem.Malformed)]
    [InlineData("https://", AddressProblem.Malformed)]
    [InlineData("https://.api-us1.com", AddressProblem.Malformed)]
    [InlineData("https://api-us1.com", AddressProblem.Elsewhere)]
    [InlineData("https://evil-api-us1.com", AddressProblem.Elsewhere)]
    [InlineData("https://bakery.api-us1.com.evil.example", AddressProblem.Elsewhere)]
    [InlineData("https://us21.admin.mailchimp.com", AddressProblem.Elsewhere)]
    [InlineData("https://127.0.0.1", AddressProblem.Elsewhere)]
    [InlineData("https://2130706433", AddressProblem.Elsewhere)]
    [InlineData("https://[::1]", AddressProblem.Elsewhere)]
    [InlineData("https://169.254.169.254/", AddressProblem.Elsewhere)]
    [InlineData("https://localhost", AddressProblem.Elsewhere)]
    [InlineData("http://127.0.0.1:5080/sandbox/activecampaign/bakery", AddressProblem.NotHttps)]
    public async Task An_address_that_is_not_an_accounts_own_is_refused_before_anything_is_called(string address, AddressProblem problem)
    {
        var (_, baker) = await AskedAsync();

        Assert.Equal(new PlatformAddressRefused(Key, problem), (await Keys.ConnectAsync(baker, Key, address, "0a1b2c3d", Cancel)).Error);

        Assert.Empty(Http.Calls);
        Assert.Empty((await WizardOf(baker)).Connections);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.8")]
    [InlineData("fd00:ec2::254")]
    public async Task A_name_of_theirs_that_leads_inside_is_refused_before_anything_is_called(string inside)
    {
        var (_, baker) = await AskedAsync();
        Portal.Names["bakery.api-us1.com"] = [IPAddress.Parse(inside)];

        Assert.Equal(
            new PlatformAddressRefused(Key, AddressProblem.Elsewhere),
            (await Keys.ConnectAsync(baker, Key, Api, "0a1b2c3d", Cancel)).Error);

        Assert.Empty(Http.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("key with spaces")]
    [InlineData("key\r\nX-Injected: 1")]
    public async Task A_key_that_cannot_be_one_is_refused_before_anything_is_called(string key)
    {
        var (_, baker) = await AskedAsync();

        Assert.Equal(new PlatformKeyRefused(Key), (await Keys.ConnectAsync(baker, Key, Api, key, Cancel)).Error);

        Assert.Empty(Http.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, """{"message":"You do not have permission"}""")]
    [InlineData(HttpStatusCode.Unauthorized, "")]
    public async Task A_wrong_key_is_told_in_its_own_words_and_nothing_is_kept(HttpStatusCode status, string body)
    {
        var (_, baker) = await AskedAsync();
        Http.On(HttpMethod.Get, Me, body, status);

        Assert.Equal(new PlatformKeyRefused(Key), (await Keys.ConnectAsync(baker, Key, Api, "0a1b2c3d", Cancel)).Error);

        Assert.Empty((await WizardOf(baker)).Connections);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    public async Task A_server_that_sends_elsewhere_is_not_followed(HttpStatusCode status)
    {
        var (_, baker) = await AskedAsync();
        Http.On(HttpMethod.Get, Me,
            _ => new StubAnswer("", status)
            {
                Headers = new Dictionary<string, string> { ["Location"] = "http://169.254.169.254/latest/meta-data/" }
            });

        Assert.Equal(
            new PlatformAddressRefused(Key, AddressProblem.Elsewhere),
            (await Keys.ConnectAsync(baker, Key, Api, "0a1b2c3d", Cancel)).Error);

        Assert.Single(Http.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "", PlatformFailureKind.RateLimited)]
    [InlineData(HttpStatusCode.InternalServerError, "<html>", PlatformFailureKind.Transient)]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"errors":[{"source":{"pointer":"/data"}}]}""", PlatformFailureKind.InvalidRequest)]
    [InlineData(HttpStatusCode.OK, """{"user":{"id":"1""", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, "<html>Welcome to nginx</html>", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, """{"user":null}""", PlatformFailureKind.Nonsense)]
    public async Task Whatever_it_answers_has_a_meaning_and_is_told_on_the_timeline(
        HttpStatusCode status, string body, PlatformFailureKind kind)
    {
        var (request, baker) = await AskedAsync();
        Http.On(HttpMethod.Get, Me, body, status);

        Assert.Equal(kind, Assert.IsType<PlatformFailure>((await Keys.ConnectAsync(baker, Key, Api, "0a1b2c3d", Cancel)).Error).Kind);

        Assert.Empty((await WizardOf(baker)).Connections);
        Assert.Contains(
            (await DetailsOf(request.Id)).Events,
            e => e.Kind == OnboardingPortal.Core.Audit.AuditKind.SignInFailed && e.Detail == kind.ToString());
    }

    [Fact]
    public async Task After_the_answer_that_there_were_too_many_calls_it_is_left_alone_as_long_as_it_asks()
    {
        var client = Portal.Get<ActiveCampaignClient>();
        var credentials = new PlatformCredentials("0a1b2c3d", null, null, new Uri(Api));
        Http.On(HttpMethod.Get, Me,
            _ => new StubAnswer(
                "", HttpStatusCode.TooManyRequests)
            { Headers = new Dictionary<string, string> { ["Retry-After"] = "20" } });

        await client.IdentifyAsync(credentials, Cancel);
        var again = Assert.IsType<PlatformFailure>((await client.IdentifyAsync(credentials, Cancel)).Error);
        Assert.Equal((PlatformFailureKind.RateLimited, TimeSpan.FromSeconds(20)), (again.Kind, again.RetryAfter));
        Assert.Single(Http.Calls);

        Clock.Advance(TimeSpan.FromSeconds(20));
        await client.IdentifyAsync(credentials, Cancel);
        Assert.Equal(2, Http.Calls.Count);
    }

    [Fact]
    public async Task Who_may_not_connect_any_more_calls_nobody()
    {
        var (request, baker) = await AskedAsync();
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        Assert.False((await Keys.ConnectAsync(baker, Key, Api, "0a1b2c3d", Cancel)).Succeeded);
        Assert.IsType<PlatformUnavailable>((await Keys.ConnectAsync(baker, Mailchimp, Api, "0a1b2c3d", Cancel)).Error);
        Assert.IsType<NotAllowed>((await Keys.ConnectAsync(Member, Key, Api, "0a1b2c3d", Cancel)).Error);

        Assert.Empty(Http.Calls);
    }

    private async Task<(GivenRequest Request, ClientCaller Participant)> AskedAsync()
    {
        var request = await ARequest().Asking(Key).SentAsync();
        return (request, await AParticipant(request));
    }
}
