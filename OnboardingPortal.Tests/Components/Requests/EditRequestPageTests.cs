using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The form that changes a request.</summary>
public sealed class EditRequestPageTests : PortalContext
{
    [Fact]
    public async Task It_starts_with_the_request_and_saving_leads_back_to_its_page()
    {
        var request = await ARequest().Asking(Mailchimp).Saying("Old words").SentAsync();
        var form = await OpenAsync(request);
        Assert.Equal("Old words", form.Find("textarea").GetAttribute("value"));
        Assert.True(Box(form, "Mailchimp").HasAttribute("checked"));

        await form.Find("textarea").ChangeAsync("New words");
        await Box(form, "Salesforce").ChangeAsync(true);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{request.Id}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(
            "The changes are saved, and the link stays the same. Nobody was mailed: to tell the recipients, resend the email.", Told);
        var saved = (await DetailsOf(request.Id)).Request;
        Assert.Equal(("New words", 2), (saved.Message, saved.Platforms.Count));
    }

    [Fact]
    public async Task What_the_client_began_with_is_ticked_and_cannot_be_unticked()
    {
        var request = await ARequest().Asking(Mailchimp, new("salesforce")).SentAsync();
        var baker = await AParticipant(request);
        Assert.Null(await Wizard.DeclineAsync(baker, new("salesforce"), DeclineReason.NotUsed, null, Cancel));
        var form = await OpenAsync(request);
        Assert.True(Box(form, "Salesforce").HasAttribute("disabled"));
        Assert.Contains("The client has said that they do not use it, so it stays.", form.Markup, StringComparison.Ordinal);

        await Box(form, "Mailchimp").ChangeAsync(false);
        Assert.False(Box(form, "Mailchimp").HasAttribute("disabled"));
        await AnAccount(baker, Mailchimp); // while the form is open

        form.WaitForAssertion(() => Assert.True(Box(form, "Mailchimp").HasAttribute("disabled")));
        Assert.True(Box(form, "Mailchimp").HasAttribute("checked"));
        Assert.Contains("The client has connected it, so it stays.", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facebook_user_and_Business_Manager_start_as_they_were_chosen()
    {
        var form = await OpenAsync(await ARequest().Asking(Facebook).SentAsync());

        Assert.Equal(["Agency admin", RequestBuilder.Business.Name], form.FindAll("[role=combobox]").Select(Chosen));
    }

    [Fact]
    public async Task A_refusal_saves_nothing_and_keeps_what_was_typed()
    {
        var request = await ARequest().Asking(Mailchimp).Saying("Old words").SentAsync();
        var form = await OpenAsync(request);

        await form.Find("textarea").ChangeAsync("New words");
        await Box(form, "Mailchimp").ChangeAsync(false);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("Choose at least one service.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("New words", form.Find("textarea").GetAttribute("value"));
        Assert.Equal("Old words", (await DetailsOf(request.Id)).Request.Message);
    }

    [Fact]
    public async Task The_Business_Manager_is_only_named_once_something_was_shared_with_it()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var connection = await AnAccount(await AParticipant(request), Facebook);
        Value(await Portal.Get<RequestChanges>().ApplyAsync<bool>(Owner, request.Id, change =>
        {
            var facebook = change.Request.Connections.Single(c => c.Id == connection);
            facebook.AddAsset(
                new ConnectedAsset(
                    AssetId.New(Clock), facebook, new AssetChoice(AssetKind.Page, "1", "Blue Bakery", null, false), Clock.Now));
            return true;
        }, Cancel));

        var form = await OpenAsync(request);

        Assert.Equal(RequestBuilder.Business.Name, form.Find("input[readonly]").GetAttribute("value"));
        Assert.Contains("It stays, because the client has shared something with it already.", form.Markup, StringComparison.Ordinal);
        Assert.Empty(form.FindAll("[role=combobox]"));
        await form.Find("textarea").ChangeAsync("New words");
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{request.Id}", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaving_with_something_unsaved_asks_first()
    {
        var request = await ARequest().Asking(Mailchimp).Saying("Old words").SentAsync();
        // Before there are dialogs: their provider listens, too, and bUnit tells it on a thread on which it may not render.
        var left = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Navigation.LocationChanged += (_, change) => left.TrySetResult(change.Location);
        var form = await OpenAsync(request);
        var before = Navigation.Uri;
        await form.Find("textarea").ChangeAsync("New words");

        await AnswerAsync(() => Button(form, "Cancel").ClickAsync(), "Stay here");
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll("[role=dialog]")));
        Assert.Equal(before, Navigation.Uri);
        await AnswerAsync(() => Button(form, "Cancel").ClickAsync(), "Leave");

        Assert.EndsWith($"/collaboration/requests/{request.Id}", await left.Task.WaitAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("Old words", (await DetailsOf(request.Id)).Request.Message);
    }

    [Fact]
    public async Task A_field_that_was_only_being_typed_into_comes_back_with_all_else_as_the_request_has_it()
    {
        var request = await ARequest().Asking(Mailchimp).Saying("Old words").SentAsync();
        KeptInBrowser<RequestDraft>($"edit-request-{request.Id}", null, (nameof(RequestDraft.Message), "New wor"));

        var form = await OpenAsync(request);

        Assert.Equal("New wor", form.Find("textarea").GetAttribute("value"));
        Assert.True(Box(form, "Mailchimp").HasAttribute("checked"));
    }

    [Fact]
    public async Task A_completed_request_says_so_instead()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));

        var form = RenderFor<EditRequestPage>(Owner, p => p.Add(f => f.Id, request.Id.Value));

        form.WaitForAssertion(
            () => Assert.Contains("This request has already been completed by The baker.", form.Markup, StringComparison.Ordinal));
        Assert.Empty(form.FindAll("form"));
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<EditRequestPage> form, string service) =>
        form.FindAll("label").Single(l => l.TextContent.Trim() == service).QuerySelector("input")!;

    private Task<IRenderedComponent<EditRequestPage>> OpenAsync(GivenRequest request)
    {
        var form = RenderFor<EditRequestPage>(Owner, p => p.Add(f => f.Id, request.Id.Value));
        form.WaitForElement("textarea");
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        return Task.FromResult(form);
    }
}
