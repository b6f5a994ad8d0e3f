using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Somebody is invited, joins, rises, is shut out, comes back and forgets the password.</summary>
[Collection(OfTheAgency)]
public sealed partial class UsersTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Newcomer = "newcomer@users.example";
    private const string Password = "two slow otters";
    private static readonly Words English = new("en");
    private static readonly Words German = new("de");

    [Fact]
    public async Task A_user_is_invited_joins_rises_is_shut_out_and_comes_back_with_a_new_password()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await owner.SignInAsync();
        await owner.Page.GotoAsync("/settings/users");
        await InviteAsync(owner.Page);
        await JoinAsync(await LinkMailedAsync("/account/invitation/"));

        await SeesAsSubUserAsync();
        await ActAsync(owner.Page, "Make main user", "{0} is a main user now and signs in anew.");
        var main = await SignInAsync(Password);
        await main.Page.GotoAsync("/settings/users");
        await Expect(main.Page.GetByRole(AriaRole.Heading, new() { Name = "Users", Exact = true })).ToBeVisibleAsync();

        await ActAsync(owner.Page, "Disable", "{0} is disabled and signed out everywhere.");
        await Expect(main.Page).ToHaveURLAsync(SignInPage()); // the open page leaves by itself
        await CannotSignInAsync();

        await ActAsync(owner.Page, "Enable", "{0} can sign in again.");
        await ForgetAsync(main.Page);
        await main.Page.GotoAsync(await LinkMailedAsync("/account/reset/"));
        await main.Page.GetByLabel("New password", new() { Exact = true }).FillAsync("four copper thimbles");
        await main.Page.GetByRole(AriaRole.Button, new() { Name = "Set new password" }).ClickAsync();
        await Expect(main.Page.GetByText(English["Your new password is set. Sign in with it."])).ToBeVisibleAsync();
        await SignInAsync("four copper thimbles");
    }

    private static async Task InviteAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite user" }).ClickAsync();
        await page.GetByLabel("Email address").FillAsync(Newcomer);
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Sub-user" })).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Cancel invitation: {Newcomer}" })).ToBeVisibleAsync();
    }

    /// <summary>Opens the link in a German browser, mistypes, joins; the same link then lets nobody in.</summary>
    private async Task JoinAsync(string link)
    {
        var page = await Fixture.OpenAsync("de");
        var answer = await page.GotoAsync(link);
        Assert.Equal(("noindex", "no-referrer"), (answer!.Headers["x-robots-tag"], answer.Headers["referrer-policy"]));
        Assert.Contains("no-store", answer.Headers["cache-control"], StringComparison.Ordinal);
        await page.GetByLabel(German["Your name"]).FillAsync("The newcomer");
        await page.GetByLabel(German["Password"], new() { Exact = true }).FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = German["Join"] }).ClickAsync();
        await Expect(page.GetByText(German["The password needs at least {0} characters.", 10])).ToBeVisibleAsync();
        await page.GetByLabel(German["Password"], new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = German["Join"] }).ClickAsync();
        await Expect(page.GetByText(German["Welcome! Your account is ready. Sign in with your new password."])).ToBeVisibleAsync();
        await Expect(page.GetByLabel(German["Email"], new() { Exact = true })).ToHaveValueAsync(Newcomer);

        Assert.Equal(410, (await page.GotoAsync(link))!.Status);
        await Expect(
            page.GetByText(German["This invitation has already been accepted. Sign in with your email address and your password."]))
                .ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task SeesAsSubUserAsync()
    {
        var user = await SignInAsync(Password);
        await user.Page.GotoAsync("/settings/facebook");
        await Expect(user.Page.GetByRole(AriaRole.Link, new() { Name = "Data sync accounts" })).ToBeVisibleAsync();
        await Expect(user.Page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true })).ToHaveCountAsync(0);
        await user.Page.GotoAsync("/settings/users");
        await Expect(user.Page.GetByText(English["You cannot open this page"])).ToBeVisibleAsync();
        await user.Page.Context.CloseAsync();
    }

    private static async Task ActAsync(IPage page, string action, string outcome)
    {
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {Newcomer}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action, Exact = true }).ClickAsync();
        await Expect(page.GetByText(English[outcome, "The newcomer"])).ToBeVisibleAsync();
    }

    private async Task<AgencyUser> SignInAsync(string password)
    {
        var user = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await user.SignInAsync(Newcomer, password);
        return user;
    }

    private async Task CannotSignInAsync()
    {
        var page = await Fixture.OpenAsync();
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(Newcomer);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(SignInPage());
        await page.Context.CloseAsync();
    }

    private static async Task ForgetAsync(IPage page)
    {
        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(Newcomer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send link" }).ClickAsync();
        await Expect(
            page.GetByText(English["If {0} signs in here, an email with a link is on its way. The link is valid for two hours.", Newcomer]))
                .ToBeVisibleAsync();
    }

    /// <summary>The link of that kind from the newest mail to the newcomer, as soon as it is there.</summary>
    private async Task<string> LinkMailedAsync(string path)
    {
        var mailbox = await Fixture.OpenAsync();
        while (true)
        {
            Cancel.ThrowIfCancellationRequested();
            await mailbox.GotoAsync("/dev/mailbox");
            var mail = mailbox.GetByRole(AriaRole.Row).Filter(new() { HasText = Newcomer });
            if (await mail.CountAsync() == 0) continue;
            await mail.First.GetByRole(AriaRole.Link).ClickAsync();
            var link = mailbox.GetByRole(AriaRole.Link, new() { Name = path });
            if (await link.CountAsync() == 0) continue;
            var found = await link.First.InnerTextAsync();
            await mailbox.Context.CloseAsync();
            return found;
        }
    }

    [GeneratedRegex("/account/login")]
    private static partial Regex SignInPage();
}
