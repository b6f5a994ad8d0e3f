using Microsoft.Playwright;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Users change their profile and password on live pages, whose cookie is renewed by what they post.</summary>
[Collection(OfTheAgency)]
public sealed class AccountPagesTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Member = "member@demo.test";
    private const string MemberPassword = "Demo-Member-1!";
    private static readonly Words English = new("en");

    [Fact]
    public async Task A_password_is_refused_at_its_field_then_changed_and_the_page_goes_on_while_other_browsers_are_signed_out()
    {
        await using var portal = await PortalProcess.StartAsync();
        var (here, there) = (new AgencyUser(await Fixture.OpenAsync(portal: portal), English, portal), new AgencyUser(
            await Fixture.OpenAsync(portal: portal), English, portal));
        await here.SignInAsync(Member, MemberPassword);
        await there.SignInAsync(Member, MemberPassword);
        var page = here.Page;
        await page.GotoAsync("/account/profile");

        await ChangePasswordAsync(page, "not my password", "eleven wooden spoons");
        await Expect(page.GetByLabel("Current password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Current password")).ToBeFocusedAsync();
        await AccessibilityTests.CheckAsync(page, "a password refused");
        await ChangePasswordAsync(page, MemberPassword, "short");
        await Expect(page.GetByLabel("New password")).ToHaveAttributeAsync("aria-invalid", "true");
        await ChangePasswordAsync(page, MemberPassword, "eleven wooden spoons");

        await Expect(page.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await Expect(there.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Second factor" }).ClickAsync(); // the circuit knows the new cookie
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_profile_is_saved_the_page_speaks_the_new_language_and_leaving_with_something_unsaved_asks()
    {
        await using var portal = await PortalProcess.StartAsync();
        var user = new AgencyUser(await Fixture.OpenAsync(portal: portal), English, portal);
        var page = user.Page;
        await user.SignInAsync(Member, MemberPassword);
        await page.GotoAsync("/account/profile");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("The member");
        await page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Stay here", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Language" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listbox)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).FillAsync("new york");
        await page.GetByRole(AriaRole.Option, new() { Name = "America/New York" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();

        await Expect(page.GetByText(new Words("de")["Your profile is saved."])).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Zeitzone" })).ToHaveValueAsync("America/New York");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ihr Konto, The member" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_works_from_a_page_whose_circuit_was_paused_and_resumed()
    {
        var user = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        var page = user.Page;
        await user.SignInAsync();
        await page.GotoAsync("/account/sessions");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await page.EvaluateAsync("async () => { await Blazor.pauseCircuit(); await Blazor.resumeCircuit(); }");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
    }

    private static async Task ChangePasswordAsync(IPage page, string current, string next)
    {
        await page.GetByLabel("Current password").FillAsync(current);
        await page.GetByLabel("New password").FillAsync(next);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
    }
}
