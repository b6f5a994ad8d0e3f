using Microsoft.Playwright;

namespace OnboardingPortal.Bench.Portal;

/// <summary>A client who follows a link in a browser and signs in at the stand-in of Facebook as somebody with 230 ad accounts.</summary>
internal sealed class ClientAtFacebook(IPage page)
{
    private const string Person = "230 ad accounts";

    /// <summary>What the wizard shows when the ad accounts are read.</summary>
    public static ILocator AdAccounts(IPage wizard) =>
        wizard.GetByRole(AriaRole.Group, new() { Name = "Ad accounts" }).GetByRole(AriaRole.Checkbox);

    /// <returns>The wizard's address, for more tabs of the same browser.</returns>
    public async Task<Uri> GoToAssetsAsync(Uri link)
    {
        await page.GotoAsync(link.AbsoluteUri);
        await PressAsync("Grant Permission Now");
        await page.GetByLabel("Your name").FillAsync("The client");
        await page.GetByLabel("Your email address").FillAsync("client@bench.example");
        await PressAsync("View request");
        await PressAsync("Add Facebook");
        await PressAsync(Person);
        await PressAsync("Log In");
        await PressAsync("Continue");
        await AdAccounts(page).First.WaitForAsync();
        return new(new Uri(page.Url).GetLeftPart(UriPartial.Path));
    }

    private Task PressAsync(string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();
}
