using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The form of a new request.</summary>
public sealed class NewRequestFormTests : PortalContext
{
    [Fact]
    public void The_message_starts_with_the_agencys_default()
    {
        var form = RenderFor<NewRequestForm>(Owner);

        form.WaitForAssertion(() => Assert.Equal("Please connect your accounts.", form.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task Without_a_service_nothing_is_saved_and_what_was_typed_stays()
    {
        var form = RenderFor<NewRequestForm>(Owner);
        form.WaitForElement("textarea").Change("A message of my own");

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("Choose at least one service.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("A message of my own", form.Find("textarea").GetAttribute("value"));
        Assert.Empty((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
    }

    [Fact]
    public async Task The_default_template_is_chosen_at_the_start()
    {
        await ATemplateAsync("Other", "Other words");
        await ATemplateAsync("Shops", "Hello, dear shop.", isDefault: true);

        var form = RenderFor<NewRequestForm>(Member);

        form.WaitForAssertion(() => Assert.Equal("Hello, dear shop.", form.Find("textarea").GetAttribute("value")));
        Assert.True(Box(form, "Mailchimp").HasAttribute("checked"));
        Assert.Empty(Buttons(form, "Save as template")); // a sub-user's form
    }

    [Fact]
    public async Task Choosing_another_template_fills_at_once_and_asks_before_it_replaces_what_was_typed()
    {
        var (first, second) = (await ATemplateAsync("First", "First words"), await ATemplateAsync("Second", "Second words"));
        var form = RenderFor<NewRequestForm>(Owner);

        await form.WaitForElement("#template").ChangeAsync(first.ToString());
        form.WaitForAssertion(() => Assert.Equal("First words", form.Find("textarea").GetAttribute("value")));
        await form.Find("textarea").ChangeAsync("My own words");
        await form.Find("#template").ChangeAsync(second.ToString());

        await Button(form, "Keep mine").ClickAsync();
        Assert.Equal("My own words", form.Find("textarea").GetAttribute("value"));
        await form.Find("#template").ChangeAsync(second.ToString());
        await Button(form, "Replace").ClickAsync();
        form.WaitForAssertion(() => Assert.Equal("Second words", form.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task A_template_whose_Facebook_user_was_removed_still_fills_the_rest()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var id = Value(await Portal.Get<RequestTemplates>().SaveAsync(
            Owner, null, new TemplateInput("All", "Hello", [Facebook, Mailchimp], user, RequestBuilder.Business.ExternalId), Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await db.FacebookUsers.ExecuteDeleteAsync(Cancel);
        Assert.Null(await Portal.Get<RequestTemplates>().MakeDefaultAsync(Owner, id, Cancel));

        var form = RenderFor<NewRequestForm>(Owner);

        form.WaitForAssertion(() => Assert.Equal("Hello", form.Find("textarea").GetAttribute("value")));
        Assert.Contains("Your agency has not connected a Facebook user yet", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_main_user_keeps_the_form_as_a_template()
    {
        var form = RenderFor<NewRequestForm>(Owner);
        await form.WaitForElement("textarea").ChangeAsync("Keep this");
        await Box(form, "Mailchimp").ChangeAsync(true);

        await Button(form, "Save as template").ClickAsync();
        await form.Find("#template-name").ChangeAsync("Kept");
        await Button(form, "Save template").ClickAsync();

        form.WaitForAssertion(() => Assert.Contains("The template Kept is saved.", form.Markup, StringComparison.Ordinal));
        var template = Assert.Single(await Portal.Get<RequestTemplates>().ListAsync(Member, Cancel));
        Assert.Equal(("Kept", "Keep this"), (template.Name, template.Message));
    }

    [Fact]
    public async Task A_new_request_starts_in_the_language_of_the_settings()
    {
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { RequestLanguage = "de" }, Cancel));

        var form = RenderFor<NewRequestForm>(Member);

        Assert.True(form.WaitForElement("input[type=radio][value=de]").HasAttribute("checked"));
    }

    [Fact]
    public async Task Saving_leads_to_the_requests_page()
    {
        var form = RenderFor<NewRequestForm>(Owner);
        form.WaitForElement("input[type=checkbox]");
        await form.FindAll("label").Single(l => l.TextContent.Trim() == "Mailchimp").QuerySelector("input")!.ChangeAsync(true);

        await form.Find("form").SubmitAsync();

        var row = Assert.Single((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
        form.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{row.Id}", Navigation.Uri, StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<NewRequestForm> form, string service) =>
        form.FindAll("label").Single(l => l.TextContent.Trim() == service).QuerySelector("input")!;

    private async Task<RequestTemplateId> ATemplateAsync(string name, string message, bool isDefault = false)
    {
        var templates = Portal.Get<RequestTemplates>();
        var id = Value(await templates.SaveAsync(Owner, null, new TemplateInput(name, message, [Mailchimp], null, null), Cancel));
        if (isDefault) Assert.Null(await templates.MakeDefaultAsync(Owner, id, Cancel));
        return id;
    }
}
