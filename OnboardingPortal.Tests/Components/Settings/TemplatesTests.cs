using Bunit;
using OnboardingPortal.App.Features.Settings;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Settings;

public sealed class TemplatesTests : PortalContext
{
    private RequestTemplates Kept => Portal.Get<RequestTemplates>();

    [Fact]
    public async Task A_template_is_made_chosen_as_default_changed_and_deleted()
    {
        var page = Page(Owner);
        await Button(page, "New template").ClickAsync();
        await page.Find("#template-name").ChangeAsync("Shops");
        await page.Find("#template-message").ChangeAsync("Hello, dear shop.");
        await page.FindAll("label").Single(l => l.TextContent.Trim() == "Mailchimp").QuerySelector("input")!.ChangeAsync(true);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Shops", page.Find("article h2").TextContent));

        await Button(page, "Make default: Shops").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Default", page.Find(".chip").TextContent));

        await Button(page, "Edit: Shops").ClickAsync();
        Assert.Equal("Hello, dear shop.", page.Find("#template-message").GetAttribute("value"));
        await page.Find("#template-name").ChangeAsync("All shops");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("All shops", page.Find("article h2").TextContent));
        Assert.True(Assert.Single(await Kept.ListAsync(Member, Cancel)).IsDefault);

        await Button(page, "Delete: All shops").ClickAsync();
        await Button(page, "Delete").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("No templates yet", page.Markup, StringComparison.Ordinal));
        Assert.Empty(await Kept.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_what_was_typed_stays()
    {
        Value(await Kept.SaveAsync(Owner, null, new TemplateInput("Shops", "", [], null, null), Cancel));
        var page = Page(Owner);
        await Button(page, "New template").ClickAsync();
        await page.Find("#template-name").ChangeAsync("Shops");
        await page.Find("#template-message").ChangeAsync("Words");

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("There is a template “Shops” already.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Words", page.Find("#template-message").GetAttribute("value"));
    }

    [Fact]
    public async Task A_sub_user_who_got_here_changes_nothing()
    {
        Value(await Kept.SaveAsync(Owner, null, new TemplateInput("Shops", "", [], null, null), Cancel));
        var page = Page(Member);

        await Button(page, "Make default: Shops").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Markup, StringComparison.Ordinal));
        await Button(page, "Delete: Shops").ClickAsync();
        await Button(page, "Delete").ClickAsync();
        await Button(page, "New template").ClickAsync();
        await page.Find("#template-name").ChangeAsync("Mine");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(("Shops", false), Assert.Single((await Kept.ListAsync(Owner, Cancel)).Select(t => (t.Name, t.IsDefault))));
    }

    private IRenderedComponent<Templates> Page(AgencyCaller user)
    {
        var page = RenderFor<Templates>(user);
        page.WaitForElement("button.primary");
        return page;
    }
}
