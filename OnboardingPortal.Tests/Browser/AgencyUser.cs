using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>An agency user at the browser, who finds everything by role and name.</summary>
public sealed partial class AgencyUser(IPage page, Words words, PortalProcess portal)
{
    public IPage Page => page;

    public async Task SignInAsync(string email = "owner@demo.test", string password = "Demo-Owner-1!")
    {
        await page.GotoAsync("/account/login");
        await page.GetByLabel(words["Email"], new() { Exact = true }).FillAsync(email);
        await page.GetByLabel(words["Password"], new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = words["Sign in"], Exact = true }).ClickAsync();
        // the shell, at any width
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = words.Starting("Your account, ") })).ToBeAttachedAsync();
    }

    /// <summary>The article's steps 1 to 6.</summary>
    public async Task SaveRequestAsync(params string[] services)
    {
        await page.GotoAsync("/collaboration/requests");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = words["Request onboarding"] })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = words["Request onboarding"] })).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/collaboration/requests/new$"));
        foreach (var service in services) await page.GetByRole(AriaRole.Checkbox, new() { Name = service, Exact = true }).CheckAsync();
        if (services.Contains("Facebook"))
        {
            await ChooseAsync("Facebook user", "Agency admin");
            await ChooseAsync("Business Manager", "Brightside Agency");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = words["Save your request"] }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(RequestPage());
    }

    /// <summary>The article's step 7: the mail goes out, and the link is taken from it.</summary>
    public async Task<string> SendAsync(string recipient, CancellationToken cancellationToken)
    {
        await page.GetByLabel(words["Recipient's email address"]).FillAsync(recipient);
        await page.GetByRole(AriaRole.Button, new() { Name = words["Send Email"] }).ClickAsync();
        await portal.MailToAsync(recipient, cancellationToken);
        return await LinkMailedToAsync(recipient);
    }

    private async Task<string> LinkMailedToAsync(string recipient)
    {
        var mailbox = await page.Context.NewPageAsync();
        await mailbox.GotoAsync("/dev/mailbox");
        await mailbox.GetByRole(AriaRole.Row).Filter(new() { HasText = recipient }).First.GetByRole(AriaRole.Link).ClickAsync();
        var link = await mailbox.GetByRole(AriaRole.Link, new() { Name = "/r/" }).InnerTextAsync();
        await mailbox.CloseAsync();
        return link;
    }

    private async Task ChooseAsync(string label, string option)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = words[label] }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option }).First.ClickAsync();
    }

    [GeneratedRegex(@"/collaboration/requests/\d+$")]
    private static partial Regex RequestPage();
}
