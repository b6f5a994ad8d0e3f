using Microsoft.Playwright;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// A sub-user opens a circuit with the very document that a main user's page was given: its components are genuine, only the person is not.
/// What they are shown and what they press counts as theirs.
/// </summary>
[Collection(OfTheAgency)]
public sealed class ForgedCircuitTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");
    private static readonly string Refusal = English["Only main users can do this. Ask a main user of your agency."];

    [Fact]
    public async Task A_main_users_pages_in_a_sub_users_circuit_tell_nothing_and_change_nothing()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await owner.SignInAsync();
        var member = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await member.SignInAsync("member@demo.test", "Demo-Member-1!");
        var page = member.Page;

        // Whom it tells nothing it sends away.
        foreach (var path in new[] { "/settings/audit", "/settings/platforms" })
        {
            await OpenAsync(path);
            await Expect(page).ToHaveURLAsync(Fixture.Portal.Address.AbsoluteUri);
        }

        await OpenAsync("/settings/users");
        await Expect(page.GetByText(Refusal)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Invite user" })).ToHaveCountAsync(0);

        await OpenAsync("/collaboration/settings");
        await Expect(page.GetByText(Refusal)).ToHaveCountAsync(2); // the settings and the white label
        await Expect(page.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);

        await OpenAsync("/settings/templates");
        await page.GetByRole(AriaRole.Button, new() { Name = "New template" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save template" }).ClickAsync();
        await Expect(page.GetByText(Refusal)).ToBeVisibleAsync();

        await using var node = new SecondNode(Fixture.Portal);
        var templates = await node.Get<RequestTemplates>().ListAsync(await node.UserAsync("owner@demo.test", Cancel), Cancel);
        Assert.DoesNotContain(templates, t => t.Name == "Mine");

        async Task OpenAsync(string path)
        {
            var genuine = await owner.Page.APIRequest.GetAsync(path);
            Assert.Equal(200, genuine.Status);
            var html = await genuine.TextAsync();
            await page.RouteAsync($"**{path}", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html; charset=utf-8", Body = html }));
            await page.GotoAsync(path);
        }
    }
}
