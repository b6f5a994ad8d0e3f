using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Whoever has a user's session for a while cannot make it last, and its user confirms that it is them.</summary>
[Collection(OfTheAgency)]
public sealed partial class StolenSessionTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Member = "member@demo.test";
    private const string MemberPassword = "Demo-Member-1!";
    private static readonly Words English = new("en");

    /// <summary>What a thief posts with the cookie and the tokens of the page.</summary>
    private static readonly string[] Endpoints = [
        "two-factor/on", "two-factor/off", "two-factor/codes", "passkeys/add", "passkeys/create", "profile/password"
    ];

    private static readonly string[] Refusals = ["200 refused", "403"];

    [Fact]
    public async Task A_session_of_a_while_ago_plants_nothing_and_its_user_confirms_with_password_or_passkey()
    {
        await using var portal = await SignInSecurityTests.StartAtANameAsync();
        var page = await OpenAsync(portal);
        await new AgencyUser(page, English, portal).SignInAsync(Member, MemberPassword);
        await SignInSecurityTests.AddAuthenticatorAsync(page);
        await page.GotoAsync("/account/two-factor");
        await Expect(Button(page, "Add passkey")).ToBeVisibleAsync();
        await ForgetProofsAsync(portal, Member);
        foreach (var endpoint in Endpoints) Assert.Contains(await PostAsync(page, endpoint), Refusals);

        // Its user is asked, once, and what they began goes on.
        await SignInSecurityTests.AddPasskeyAsync(page, "Laptop");
        await Field(page).FillAsync("not my password");
        await Button(Question(page), "Confirm").ClickAsync();
        await Expect(Question(page)
            .GetByText(English["This is neither your password nor a fresh code of your app. A code works once: wait for the next one."]))
            .ToBeVisibleAsync();
        await Field(page).FillAsync(MemberPassword);
        await Button(Question(page), "Confirm").ClickAsync();
        await Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();

        // By a passkey, too; closing the question changes nothing.
        await ForgetProofsAsync(portal, Member);
        await RemoveAsync(page);
        await Button(Question(page), "Cancel").ClickAsync();
        await Expect(Question(page)).ToHaveCountAsync(0);
        await Expect(Button(page, "Remove Laptop")).ToBeVisibleAsync();
        await RemoveAsync(page);
        await Button(Question(page), "Confirm with a passkey").ClickAsync();
        await Expect(page.GetByText("The passkey is removed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_a_new_password_by_mail_the_passkeys_are_shown_to_be_removed()
    {
        await using var portal = await SignInSecurityTests.StartAtANameAsync();
        var page = await OpenAsync(portal);
        await new AgencyUser(page, English, portal).SignInAsync(Member, MemberPassword);
        await SignInSecurityTests.AddAuthenticatorAsync(page);
        await page.GotoAsync("/account/two-factor");
        await SignInSecurityTests.AddPasskeyAsync(page, "The thief's");
        await Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await page.GotoAsync("/account/forgot");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(Member);
        await Button(page, "Send link").ClickAsync();
        await page.GotoAsync(await LinkMailedAsync(page));
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("seven green kettles");
        await Button(page, "Set new password").ClickAsync();

        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("seven green kettles");
        await Button(page, "Sign in").ClickAsync();

        await Expect(page).ToHaveURLAsync(TwoFactorPage());
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Remove every passkey that you do not know." }))
            .ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "passkeys after a reset");
        await Button(page, "Remove The thief's").ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog), "Remove").ClickAsync();
        await Expect(page.GetByText("The passkey is removed.")).ToBeVisibleAsync();
    }

    /// <summary>As if a user had signed in a while ago.</summary>
    internal static async Task ForgetProofsAsync(PortalProcess portal, string email)
    {
        await using var node = new SecondNode(portal);
        var user = await node.UserAsync(email, Cancel);
        await using var db = node.Get<PortalDbContextFactory>().Create(user.Agency);
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-11);
        Assert.NotEqual(
            0, await db.UserSessions.Where(s => s.UserId == user.User)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvedAt, before), Cancel));
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator place, string name) => place.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Question(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it is you" });

    private static ILocator Field(IPage page) => Question(page).GetByLabel("Password", new() { Exact = true });

    private static async Task RemoveAsync(IPage page)
    {
        await page.LiveAsync();
        await Button(page, "Remove Laptop").ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog, new() { Name = "Remove Laptop?" }), "Remove").ClickAsync();
        await Expect(Question(page)).ToBeVisibleAsync();
    }

    private static async Task<string> PostAsync(IPage page, string endpoint) => await page.EvaluateAsync<string>("""
        async endpoint => {
          const module = await import('/account.js');
          const answer = await module.post('/account/' + endpoint, { name: 'Thief', credential: '{}', sealedKey: 'x', code: '000000', proof: 'x', current: 'x', next: 'what a thief would like' });
          return answer.status + (Object.keys(answer.problems ?? {}).length > 0 ? ' refused' : '');
        }
        """, endpoint);

    private static async Task<string> LinkMailedAsync(IPage page)
    {
        while (true)
        {
            Cancel.ThrowIfCancellationRequested();
            await page.GotoAsync("/dev/mailbox");
            var mails = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Member }).Filter(new() { HasText = "new password" });
            if (await mails.CountAsync() == 0) continue;
            await mails.First.GetByRole(AriaRole.Link).ClickAsync();
            var link = page.GetByRole(AriaRole.Link, new() { Name = "/account/reset/" });
            if (await link.CountAsync() > 0) return await link.First.InnerTextAsync();
        }
    }

    private async Task<IPage> OpenAsync(PortalProcess portal)
    {
        var context = await Fixture.Chromium.NewContextAsync(
            new() { BaseURL = $"http://localhost:{portal.Address.Port}/", Locale = "en-US" });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    [GeneratedRegex("/account/two-factor")]
    private static partial Regex TwoFactorPage();
}
