using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A client at the browser, with nothing but a link.</summary>
public sealed class Client(IPage page, Words words)
{
    public IPage Page => page;

    /// <summary>The article's steps 1 and 2.</summary>
    public async Task OpenAsync(string link, string name = "Client at the bakery", string email = "client@bakery.example")
    {
        await page.GotoAsync(link);
        await Button("Grant Permission Now").ClickAsync();
        await page.GetByLabel(words["Your name"]).FillAsync(name);
        await page.GetByLabel(words["Your email address"]).FillAsync(email);
        await Button("View request").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/onboarding/\d+$"));
    }

    /// <summary>Step 3: to Facebook and back, as one of the sandbox's people.</summary>
    public async Task SignInToFacebookAsync(string person = "All well")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", "Facebook"] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = person, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log In", Exact = true }).ClickAsync();
        if (person is not ("Cancels at consent" or "Unticks a permission"))
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
        }

        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/onboarding/\d+$"));
    }

    /// <summary>Step 4: ticks assets by name and shares them.</summary>
    public async Task ConnectAssetsAsync(params string[] assets)
    {
        foreach (var asset in assets) await page.GetByRole(AriaRole.Checkbox, new() { Name = asset, Exact = true }).First.CheckAsync();
        await Button("Connect Assets").ClickAsync();
    }

    /// <summary>Steps 6 and 7: to Mailchimp and back.</summary>
    public Task SignInToMailchimpAsync(string person = "All well") => SignInToAsync("Mailchimp", person);

    /// <summary>The same with any platform that people sign in to.</summary>
    public async Task SignInToAsync(string platform, string person = "All well")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = words["Add {0}", platform] }).ClickAsync();
        await Button("Proceed").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = person, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        if (person != "Cancels at consent") await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/onboarding/\d+$"));
    }

    /// <summary>Closes the message about the last sign-in and waits until it is gone: the buttons below it move up.</summary>
    public async Task CloseMessageAsync()
    {
        await Button("Close").ClickAsync();
        await Assertions.Expect(Button("Close")).ToHaveCountAsync(0);
    }

    public Task NextStepAsync() => Button("Next Step").ClickAsync();

    public ILocator Button(string english) => page.GetByRole(AriaRole.Button, new() { Name = words[english], Exact = true });
}
