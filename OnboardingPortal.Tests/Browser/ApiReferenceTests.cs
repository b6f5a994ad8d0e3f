using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// The page of the OpenAPI document. What breaks the content security policy, or asks another host, fails each test by itself.
/// </summary>
[Collection(OfTheAgency)]
public sealed partial class ApiReferenceTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_main_user_comes_from_the_keys_to_the_page_of_all_calls_and_can_try_them()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await owner.SignInAsync();
        await owner.Page.GotoAsync("/settings/api");
        await owner.Page.LiveAsync();
        await owner.Page.GetByText("How a program calls").ClickAsync();
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Read all calls, and try them" }).ClickAsync();

        await Expect(owner.Page).ToHaveURLAsync(new Regex("/settings/api/reference/"));
        await Expect(owner.Page.GetByText("List requests").First).ToBeVisibleAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Test Request" }).First.ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync(); // with editors, which bring style sheets of their own
        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_page_runs_no_script_but_the_portals_own_and_its_own_with_a_fresh_nonce()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await owner.SignInAsync();
        var policies = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var answer = await owner.Page.GotoAsync("/settings/api/reference/");
            policies.Add((await answer!.AllHeadersAsync())["content-security-policy"]);
        }

        Assert.All(policies, policy => Assert.Matches(Scripts(), policy));
        Assert.NotEqual(policies[0], policies[1]);
    }

    [GeneratedRegex("default-src 'none'; script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'; .*connect-src 'self'; .*frame-ancestors 'none'")]
    private static partial Regex Scripts();
}
