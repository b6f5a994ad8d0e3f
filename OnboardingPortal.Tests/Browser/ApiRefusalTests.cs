using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;
using User = OnboardingPortal.Core.Agencies.AgencyUser;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What the API refuses, and what it says then.</summary>
[Collection(OfTheAgency)]
public sealed class ApiRefusalTests(BrowserFixture fixture) : ApiTest(fixture)
{
    [Fact]
    public async Task A_key_that_does_not_work_is_told_why_and_a_foreign_request_is_unknown()
    {
        var good = await AKey();
        var (id, _) = await Node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        foreach (var key in new[] { "x", $"op_live_{new string('x', 43)}", good + "x", good[..^1], "" })
        {
            var refused = await CallAsync(key, "GET", Requests);
            Assert.Equal("401 ApiKeyUnknown", refused.Short);
            Assert.Equal("Bearer error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal("Bearer", (await CallAsync(null, "GET", Requests)).Headers.WwwAuthenticate.ToString());
        Assert.Equal("401 ApiKeyUnknown", (await CallAsync(null, "GET", Requests, null, ("Authorization", $"Basic {good}"))).Short);
        Assert.Equal("401 ApiKeyMissing", (await CallAsync(null, "GET", $"{Requests}?key={good}")).Short);

        var reads = await AKey(scopes: ApiScope.ReadRequests);
        Assert.Equal("200", (await CallAsync(reads, "GET", $"{Requests}/{id}")).Short);
        var denied = await CallAsync(reads, "DELETE", $"{Requests}/{id}");
        Assert.Equal("403 ApiScopeMissing", denied.Short);
        Assert.Contains("scope=\"WriteRequests\"", denied.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("403 ApiScopeMissing", (await CallAsync(reads, "POST", Requests, """{"services": ["mailchimp"]}""")).Short);
        Assert.Equal("403 ApiScopeMissing", (await CallAsync(reads, "GET", "/api/v1/connections")).Short);

        var foreign = await AKey(await Node.UserAsync("owner@other.test", Cancel));
        foreach (var (method, path) in new[]
        {
            ("GET", $"{id}"), ("DELETE", $"{id}"), ("POST", $"{id}/resend"), ("POST", $"{id}/link"), ("GET", "1"), ("GET", "nothing"),
            ("GET", "-5")
        })
        {
            Assert.Equal("404 RequestNotFound", (await CallAsync(foreign, method, $"{Requests}/{path}")).Short);
        }

        var maker = await AMainUserAsync();
        var theirs = await AKey(maker);
        await using var db = Node.Get<PortalDbContextFactory>().CreateForSystem();
        var user = db.Users.Where(u => u.Id == maker.User.Value);
        await user.ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, AgencyRole.SubUser), Cancel);
        Assert.Equal("401 ApiKeyUserNotMain", (await CallAsync(theirs, "GET", Requests)).Short);
        await user.ExecuteUpdateAsync(
            set => set.SetProperty(u => u.Role, AgencyRole.MainUser).SetProperty(u => u.DisabledAt, DateTimeOffset.UnixEpoch), Cancel);
        var stopped = await CallAsync(theirs, "GET", Requests, null, ("Accept-Language", "de"));
        Assert.Equal("401 ApiKeyUserGone", stopped.Short);
        Assert.Contains("API Maker hat ihn erstellt und wurde deaktiviert", stopped["detail"], StringComparison.Ordinal);
        await user.ExecuteDeleteAsync(Cancel);

        var keys = Node.Get<ApiKeys>();
        var revoked = (await keys.CreateAsync(Owner, new NewApiKey("Revoked", [ApiScope.ReadRequests]), Cancel)).Value;
        await keys.RevokeAsync(Owner, revoked.Id, Cancel);
        Assert.Equal("401 ApiKeyRevoked", (await CallAsync(revoked.Secret, "GET", Requests)).Short);
    }

    [Fact]
    public async Task A_call_of_another_form_is_refused_and_changes_nothing()
    {
        var owner = await Node.UserAsync("owner@other.test", Cancel); // of an agency in which nothing else happens meanwhile
        var key = await AKey(owner);
        await using var db = Node.Get<PortalDbContextFactory>().Create(owner.Agency);
        foreach (var (body, answer) in new[]
        {
            ("""{"services": ["mailchimp"], "recipient": "a@b.example"}""", "400 BodyMemberUnknown"),
            ("""{"Services": ["mailchimp"]}""", "400 BodyMemberUnknown"),
            ("{", "400 BodyRefused"), ("", "400 BodyRefused"), ("null", "400 BodyRefused"), ("[]", "400 BodyRefused"),
            ("{}", "400 BodyRefused"), ("""{"services": "mailchimp"}""", "400 BodyRefused"),
            ("""{"services": null}""", "400 BodyRefused"), ("""{"services": [null]}""", "400 BodyRefused"),
            ("""{"services": ["mailchimp"], "recipients": [null]}""", "400 BodyRefused"),
            ("""{"services": ["mailchimp"], "services": ["hubspot"]}""", "400 BodyRefused"),
            ("""{"services": ["mailchimp"], "message": "\ud800"}""", "400 BodyRefused"),
            ($$"""{"services": {{new string('[', 5000)}}{{new string(']', 5000)}}}""", "400 BodyRefused"),
            ("""{"services": ["mailchimp"], "message": 1}""", "400 BodyRefused"),
            ("""{"services": []}""", "422 InputRefused"), ("""{"services": ["myspace"]}""", "422 InputRefused"),
            ("""{"services": ["mailchimp"], "message": " "}""", "422 InputRefused"),
            ("""{"services": ["mailchimp"], "message": "a\u0000b"}""", "422 InputRefused"),
            ("""{"services": ["mailchimp"], "language": "fr"}""", "422 InputRefused"),
            ("""{"services": ["facebook"]}""", "422 InputRefused"),
            ("""{"services": ["facebook"], "facebookUserId": "x", "businessManagerId": "1"}""", "422 BusinessManagerRefused"),
            ("""{"services": ["mailchimp"], "recipients": ["a@b.example, c@d.example"]}""", "422 AddressesRefused"),
            ("""{"services": ["mailchimp"], "recipients": ["a@b.example\r\nBcc: c@d.example"]}""", "422 AddressesRefused"),
            ($$"""{"services": ["mailchimp"], "recipients": [{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"a{i}@b.example\""))}}]}""", "422 TooManyAddresses"),
            ($$"""{"services": ["mailchimp"], "message": "{{new string('x', 300_000)}}"}""", "413 BodyTooLarge"),
        })
        {
            var before = await db.Requests.CountAsync(Cancel);
            var refused = await CallAsync(key, "POST", Requests, body);
            Assert.True(answer == refused.Short, $"{body[..Math.Min(100, body.Length)]}: {refused.Short} instead of {answer}");
            Assert.Equal(before, await db.Requests.CountAsync(Cancel));
        }

        var fields = (await CallAsync(key, "POST", Requests, """{"services": ["facebook"], "message": " "}""")).Body!["errors"]!.AsObject();
        Assert.Equal(["businessManagerId", "facebookUserId", "message"], fields.Select(f => f.Key).Order());
        Assert.Equal("415 BodyNotJson", (await CallAsync(key, "POST", Requests, "{}", ("Content-Type", "text/plain"))).Short);
        Assert.Equal("404 ApiAddressUnknown", (await CallAsync(key, "GET", "/api/v1/nothing")).Short);
        Assert.Equal("404 ApiAddressUnknown", (await CallAsync(key, "GET", "/api/v2/requests")).Short);
        Assert.Equal("405 ApiMethodRefused", (await CallAsync(key, "PUT", Requests, "{}")).Short);
    }

    [Fact]
    public async Task A_key_opens_no_page_and_a_sign_in_no_call()
    {
        var key = await AKey();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Fixture.Portal.Address };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        foreach (var page in new[] { "/", "/collaboration/requests", "/settings/api", "/settings/audit/export/csv" })
        {
            using var answer = await http.GetAsync(page, Cancel);
            Assert.Equal((HttpStatusCode.Redirect, "/account/login"), (answer.StatusCode, answer.Headers.Location!.AbsolutePath));
        }

        var user = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await user.SignInAsync();
        var call = await user.Page.APIRequest.GetAsync(Requests);
        Assert.Equal(401, call.Status);
        Assert.Equal("ApiKeyMissing", (string?)JsonNode.Parse(await call.TextAsync())!["code"]);
    }

    [Fact]
    public async Task Too_many_calls_with_one_key_are_put_off_and_another_key_goes_on()
    {
        var (key, other) = (await AKey(), await AKey());
        ApiAnswer answer;
        var calls = 0;
        do
        {
            answer = await CallAsync(key, "GET", $"{Requests}/1");
            calls++;
        }
        while (answer.Status != HttpStatusCode.TooManyRequests && calls < 1000);

        Assert.Equal("429 TooManyCalls", answer.Short);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.True(calls > 100, $"{calls}");
        Assert.Equal("404 RequestNotFound", (await CallAsync(other, "GET", $"{Requests}/1")).Short);
    }

    private async Task<AgencyCaller> AMainUserAsync()
    {
        var id = AgencyUserId.New(TimeProvider.System);
        await using var db = Node.Get<PortalDbContextFactory>().CreateForSystem();
        db.Users.Add(
            new User
            {
                Id = id.Value,
                AgencyId = Owner.Agency,
                Role = AgencyRole.MainUser,
                DisplayName = "API Maker",
                UserName = "api-maker",
                NormalizedUserName = "API-MAKER"
            });
        await db.SaveChangesAsync(Cancel);
        return Owner with { User = id, Name = "API Maker" };
    }
}
