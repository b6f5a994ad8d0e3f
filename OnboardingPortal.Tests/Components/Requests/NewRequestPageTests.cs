using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The form of a new request.</summary>
public sealed class NewRequestPageTests : PortalContext
{
    [Fact]
    public void The_message_starts_with_the_agencys_default()
    {
        var form = RenderFor<NewRequestPage>(Owner);

        form.WaitForAssertion(() => Assert.Equal("Please connect your accounts.", form.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task Without_a_service_nothing_is_saved_and_what_was_typed_stays()
    {
        var form = RenderFor<NewRequestPage>(Owner);
        form.WaitForElement("textarea").Change("A message of my own");

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("Choose at least one service.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("A message of my own", form.Find("textarea").GetAttribute("value"));
        Assert.Empty((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_where_it_is()
    {
        var form = RenderFor<NewRequestPage>(Owner);
        await form.WaitForElement("textarea").ChangeAsync("");

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("true", form.Find("textarea").GetAttribute("aria-invalid")));
        Assert.Equal("Choose at least one service.", form.Find("#services-note").TextContent);
        await Box(form, "Mailchimp").ChangeAsync(true);
        form.WaitForAssertion(() => Assert.NotEqual("Choose at least one service.", form.Find("#services-note").TextContent));
    }

    [Fact]
    public async Task Without_a_Facebook_user_nothing_is_saved_with_Facebook()
    {
        var form = Open();
        await Box(form, "Facebook").ChangeAsync(true);
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(
            () => Assert.Contains(
                "Your agency has not connected a Facebook user yet", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
    }

    [Fact]
    public async Task The_only_Facebook_user_and_their_only_Business_Manager_are_chosen_by_themselves()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var form = Open();
        await Box(form, "Facebook").ChangeAsync(true);
        Assert.Equal(["Agency admin", RequestBuilder.Business.Name], form.FindAll("[role=combobox]").Select(Chosen));
    }

    [Fact]
    public async Task What_was_typed_is_there_again_after_the_page_was_loaded_anew()
    {
        KeptInBrowser("new-request", new RequestDraft { Message = "Half a mess", Platforms = [Mailchimp], Language = "de" });
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);

        var form = Open();

        Assert.Equal("Half a mess", form.Find("textarea").GetAttribute("value"));
        Assert.True(Box(form, "Mailchimp").HasAttribute("checked"));
        Assert.True(Box(form, "German").HasAttribute("checked"));
    }

    [Fact]
    public async Task The_default_template_is_chosen_at_the_start()
    {
        await ATemplateAsync("Other", "Other words");
        await ATemplateAsync("Shops", "Hello, dear shop.", isDefault: true);

        var form = RenderFor<NewRequestPage>(Member);

        form.WaitForAssertion(() => Assert.Equal("Hello, dear shop.", form.Find("textarea").GetAttribute("value")));
        Assert.True(Box(form, "Mailchimp").HasAttribute("checked"));
        Assert.Empty(Buttons(form, "Save as template")); // a sub-user's form
    }

    [Fact]
    public async Task Choosing_another_template_fills_at_once_and_asks_before_it_replaces_what_was_typed()
    {
        await ATemplateAsync("First", "First words");
        await ATemplateAsync("Second", "Second words");
        var form = Open();

        await ChooseTemplateAsync(form, "First");
        form.WaitForAssertion(() => Assert.Equal("First words", form.Find("textarea").GetAttribute("value")));
        await form.Find("textarea").ChangeAsync("My own words");

        await AnswerAsync(() => ChooseTemplateAsync(form, "Second"), "Keep mine");
        Assert.Equal("My own words", form.Find("textarea").GetAttribute("value"));
        form.WaitForAssertion(() => Assert.Equal("First", Chosen(Combobox(form, "Template"))));
        await AnswerAsync(() => ChooseTemplateAsync(form, "Second"), "Replace");
        form.WaitForAssertion(() => Assert.Equal("Second words", form.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task A_template_whose_Facebook_user_was_removed_still_fills_the_rest()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var id = Value(await Portal.Get<RequestTemplates>().SaveAsync(
            Owner, null,
            new TemplateInput("All", new RequestTerms("Hello", [Facebook, Mailchimp], user, RequestBuilder.Business.ExternalId)), Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await db.FacebookUsers.ExecuteDeleteAsync(Cancel);
        Assert.Null(await Portal.Get<RequestTemplates>().MakeDefaultAsync(Owner, id, Cancel));

        var form = RenderFor<NewRequestPage>(Owner);

        form.WaitForAssertion(() => Assert.Equal("Hello", form.Find("textarea").GetAttribute("value")));
        Assert.Contains("Your agency has not connected a Facebook user yet", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_main_user_keeps_the_form_as_a_template()
    {
        var form = Open();
        await form.Find("textarea").ChangeAsync("Keep this");
        await Box(form, "Mailchimp").ChangeAsync(true);

        await Button(form, "Save as template").ClickAsync();
        await Dialogs.Find("[role=dialog] input").ChangeAsync("");
        await Dialogs.Find("[role=dialog] form").SubmitAsync();
        Dialogs.WaitForElement("[role=dialog] .mud-input-error");
        await Dialogs.Find("[role=dialog] input").ChangeAsync("Kept");
        await Dialogs.Find("[role=dialog] form").SubmitAsync();

        Dialogs.WaitForAssertion(() => Assert.Equal("The template Kept is saved.", Told));
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll("[role=dialog]")));
        var template = Assert.Single(await Portal.Get<RequestTemplates>().ListAsync(Member, Cancel));
        Assert.Equal(("Kept", "Keep this"), (template.Name, template.Message));
    }

    [Fact]
    public async Task A_new_request_starts_in_the_language_of_the_settings()
    {
        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { RequestLanguage = "de" }, Cancel));

        var form = RenderFor<NewRequestPage>(Member);

        form.WaitForElement("[role=radiogroup]");
        Assert.True(Box(form, "German").HasAttribute("checked"));
    }

    [Fact]
    public async Task Saving_leads_to_the_requests_page()
    {
        var form = RenderFor<NewRequestPage>(Owner);
        form.WaitForElement("input[type=checkbox]");
        await Box(form, "Mailchimp").ChangeAsync(true);

        await form.Find("form").SubmitAsync();

        var row = Assert.Single((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
        form.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{row.Id}", Navigation.Uri, StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<NewRequestPage> form, string service) =>
        form.FindAll("label").Single(l => l.TextContent.Trim() == service).QuerySelector("input")!;

    private static AngleSharp.Dom.IElement Combobox(IRenderedComponent<NewRequestPage> form, string label) =>
        form.FindComponents<MudSelect<RequestTemplateId?>>().Single(s => s.Instance.Label == label).Find("[role=combobox]");

    private IRenderedComponent<NewRequestPage> Open()
    {
        var form = RenderFor<NewRequestPage>(Owner);
        form.WaitForElement("textarea");
        Assert.Empty(Popups.FindAll("[role=option]"));
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        return form;
    }

    private Task ChooseTemplateAsync(IRenderedComponent<NewRequestPage> form, string name) =>
        ChooseAsync<RequestTemplateId?>(form, "Template", name);

    private async Task<RequestTemplateId> ATemplateAsync(string name, string message, bool isDefault = false)
    {
        var templates = Portal.Get<RequestTemplates>();
        var input = new TemplateInput(name, new RequestTerms(message, [Mailchimp], null, null));
        var id = Value(await templates.SaveAsync(Owner, null, input, Cancel));
        if (isDefault) Assert.Null(await templates.MakeDefaultAsync(Owner, id, Cancel));
        return id;
    }
}
