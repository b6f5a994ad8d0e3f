using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A portal that has just started, before anything of it was used.</summary>
public sealed class FreshStartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The call that makes a request stands first, since reading a body is what nobody has done yet.</summary>
    [Fact]
    public async Task Each_call_of_the_API_is_answered_when_it_is_the_first_of_its_kind_since_the_start()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        var key = (await node.Get<ApiKeys>().CreateAsync(owner, new NewApiKey("First", Enum.GetValues<ApiScope>()), Cancel)).Value.Secret;
        await portal.RestartAsync();
        using var http = new HttpClient { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        using var order = new StringContent(
            """{"services": ["mailchimp"], "recipients": ["first@clients.example"]}""", Encoding.UTF8, "application/json");
        using var made = await http.PostAsync("/api/v1/requests", order, Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = System.Text.Json.Nodes.JsonNode.Parse(await made.Content.ReadAsStringAsync(Cancel))!["id"]!.ToString();
        string[] reads = ["/api/v1/requests", $"/api/v1/requests/{id}", "/api/v1/connections", "/openapi/v1.json"];
        foreach (var path in reads)
        {
            using var read = await http.GetAsync(path, Cancel);
            Assert.Equal((path, HttpStatusCode.OK), (path, read.StatusCode));
        }

        using var deleted = await http.DeleteAsync($"/api/v1/requests/{id}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }
}
