using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>What one caller may do to all others, and who is believed where they come from.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class NetworkTests
{
    private static readonly Uri Requests = new("/api/v1/requests", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Made_up_keys_to_the_API_do_not_reach_the_database_without_end()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "Information"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 300; i++)
        {
            // Each another key of a form that was given out once.
            using var call = new HttpRequestMessage(HttpMethod.Get, Requests);
            call.Headers.Authorization = new("Bearer", $"op_live_{RandomNumberGenerator.GetHexString(43)}");
            answers.Add((await http.SendAsync(call, Cancel)).StatusCode);
        }

        Assert.All(
            answers, answer => Assert.True(answer is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, answer.ToString()));
        Assert.InRange(LookedUp().Count(portal.Log), 1, 80);
    }

    [Fact]
    public async Task A_made_up_key_of_todays_form_is_not_looked_up_at_all()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "Information"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        for (var i = 0; i < 20; i++)
        {
            using var call = new HttpRequestMessage(HttpMethod.Get, Requests);
            call.Headers.Authorization = new("Bearer", $"op_live_{RandomNumberGenerator.GetHexString(49)}");
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(call, Cancel)).StatusCode);
        }

        Assert.DoesNotMatch(LookedUp(), portal.Log);
    }

    [Fact]
    public async Task Whoever_asks_for_too_much_at_once_is_told_so_whatever_it_is()
    {
        await using var portal = await PortalProcess.StartAsync(("RateLimits__All", "5"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        var answers = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(_ => http.GetAsync(new Uri("/favicon.svg", UriKind.Relative), Cancel)));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Nobody_is_believed_where_a_visitor_comes_from_but_a_proxy_that_was_named()
    {
        await using var plain = await PortalProcess.StartAsync(("RateLimits__SignIn", "3"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsManyAsync(plain));
        Assert.Single(NotBelieved().Matches(plain.Log));

        await using var behind = await PortalProcess.StartAsync(("RateLimits__SignIn", "3"), ("Portal__Proxies__0", "127.0.0.0/8"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsManyAsync(behind)); // each another visitor; their form has no token
    }

    [Theory]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "believes whoever sends X-Forwarded-For")]
    [InlineData("Portal__Proxies__0", "my-proxy", "is no network")]
    public async Task A_setting_that_would_believe_everybody_or_names_nobody_is_refused_in_a_sentence(
        string name, string value, string sentence)
    {
        await using var portal = PortalProcess.Prepare((name, value));

        Assert.Equal(1, await portal.RunToEndAsync(Cancel));

        Assert.Contains(sentence, portal.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Log, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostAsManyAsync(PortalProcess portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var last = HttpStatusCode.OK;
        for (var i = 1; i <= 6; i++)
        {
            using var post = new HttpRequestMessage(
                HttpMethod.Post, new Uri("/account/login", UriKind.Relative))
            { Content = new FormUrlEncodedContent([]) };
            post.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.51.100.{i}"));
            last = (await http.SendAsync(post, Cancel)).StatusCode;
        }

        return last;
    }

    [GeneratedRegex("FROM \"api_keys\" AS \"a\"\\s+WHERE \"a\"\\.\"Hash\"")] // a job reads keys, too
    private static partial Regex LookedUp();

    [GeneratedRegex("says by X-Forwarded-For")]
    private static partial Regex NotBelieved();
}
