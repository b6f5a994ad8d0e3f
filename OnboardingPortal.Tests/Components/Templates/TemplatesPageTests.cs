using Bunit;
using OnboardingPortal.App.Features.Templates;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Templates;

public sealed class TemplatesPageTests : PortalContext
{
    private RequestTemplates Kept => Portal.Get<RequestTemplates>();

    [Fact]
    public async Task A_template_is_made_chosen_as_default_changed_and_deleted()
    {
        var page = Page(Owner);
        await Button(page, "New template").ClickAsync();
        await page.Find("[name=Name]").ChangeAsync("Shops");
        await page.Find("[name=Message]").ChangeAsync("Hello, dear shop.");
        await page.FindAll("label").Single(l => l.TextContent.Trim() == "Mailchimp").QuerySelector("input")!.ChangeAsync(true);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Shops", page.Find("article h2").TextContent));
        Assert.Equal("The template Shops is saved.", Told);

        await Button(page, "Make default: Shops").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Default", page.Find("article .mud-chip").TextContent));

        await Button(page, "Edit: Shops").ClickAsync();
        Assert.Equal("Hello, dear shop.", page.Find("[name=Message]").GetAttribute("value"));
        await page.Find("[name=Name]").ChangeAsync("All shops");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("All shops", page.Find("article h2").TextContent));
        Assert.True(Assert.Single(await Kept.ListAsync(Member, Cancel)).IsDefault);

        await AnswerAsync(() => Button(page, "Delete: All shops").ClickAsync(), "Delete");
        page.WaitForAssertion(() => Assert.Contains("No templates yet", page.Markup, StringComparison.Ordinal));
        Assert.Empty(await Kept.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_what_was_typed_stays()
    {
        Value(await Kept.SaveAsync(Owner, null, new TemplateInput("Shops", new RequestTerms("", [], null, null)), Cancel));
        var page = Page(Owner);
        await Button(page, "New template").ClickAsync();
        await page.Find("[name=Name]").ChangeAsync("Shops");
        await page.Find("[name=Message]").ChangeAsync("Words");

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.Contains(
                "There is a template “Shops” already.", page.Find(".mud-input-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", page.Find("[name=Name]").GetAttribute("aria-invalid"));
        Assert.Equal("Words", page.Find("[name=Message]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_sub_user_who_got_here_changes_nothing()
    {
        Value(await Kept.SaveAsync(Owner, null, new TemplateInput("Shops", new RequestTerms("", [], null, null)), Cancel));
        var page = Page(Member);

        await Button(page, "Make default: Shops").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Only main users", Told, StringComparison.Ordinal));
        await AnswerAsync(() => Button(page, "Delete: Shops").ClickAsync(), "Delete");
        await Button(page, "New template").ClickAsync();
        await page.Find("[name=Name]").ChangeAsync("Mine");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.Contains("Only main users", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(("Shops", false), Assert.Single((await Kept.ListAsync(Owner, Cancel)).Select(t => (t.Name, t.IsDefault))));
    }

    [Fact]
    public async Task The_form_is_part_of_the_address_and_cancelling_keeps_nothing()
    {
        var id = Value(await Kept.SaveAsync(Owner, null, new TemplateInput("Shops", new RequestTerms("Words", [], null, null)), Cancel));
        var page = Page(Owner);
        Navigation.NavigateTo($"/settings/templates?edit={id}");
        await page.WaitForElement("[name=Name]").ChangeAsync("Other");

        await Button(page, "Cancel").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Shops", page.Find("article h2").TextContent));
        Assert.DoesNotContain("edit=", Navigation.Uri, StringComparison.Ordinal);
    }

    private IRenderedComponent<TemplatesPage> Page(AgencyCaller user)
    {
        var page = RenderFor<TemplatesPage>(user);
        page.WaitForElement("button:not([disabled])");
        return page;
    }
}
