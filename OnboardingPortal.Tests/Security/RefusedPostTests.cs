using System.Net;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>Whoever posts something that is refused reads why, and nothing of it fails inside.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class RefusedPostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_without_the_token_of_its_page_is_refused_with_words_and_without_a_failure()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = portal.Address };

        foreach (var path in new[]
        {
            "/account/login", "/account/forgot", "/account/reset/1/code", "/account/invitation/token",
            "/r/token", "/r/token/identify",
        })
        {
            foreach (var content in new HttpContent[]
            {
                new FormUrlEncodedContent([new("Email", "owner@demo.test")]), new StringContent("{"), new ByteArrayContent([])
            })
            {
                using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
                var said = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.True(
                    answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType,
                    $"{path}: {answer.StatusCode}");
                Assert.Contains("<h1", said, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain("   at ", portal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_posts_too_often_is_told_so()
    {
        await using var portal = await PortalProcess.StartAsync(("RateLimits__SignIn", "2"));
        using var http = new HttpClient { BaseAddress = portal.Address };
        HttpResponseMessage? answer = null;
        for (var i = 0; i < 4; i++)
            answer = await http.PostAsync(new Uri("/account/login", UriKind.Relative), new FormUrlEncodedContent([]), Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_keeps_others_out_and_tells_nothing_of_the_server()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };

        foreach (var path in new[] { "/account/login", "/", "/nothing/here", "/look.css", "/api/v1/requests" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.False(answer.Headers.Contains("Server"), path);
            Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Opener-Policy"));
            Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
        }
    }
}
