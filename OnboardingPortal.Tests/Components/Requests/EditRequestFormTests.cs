using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The form that changes a request.</summary>
public sealed class EditRequestFormTests : PortalContext
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

        form.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{request.Id}?changed=yes", Navigation.Uri, StringComparison.Ordinal));
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

        Assert.Equal(["Agency admin", RequestBuilder.Business.Name], form.FindAll(".rz-dropdown-label").Select(l => l.TextContent.Trim()));
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
            facebook.AddAsset(new ConnectedAsset(AssetId.New(Clock), facebook, new AssetChoice(AssetKind.Page, "1", "Blue Bakery", null, false), Clock.Now));
            return true;
        }, Cancel));

        var form = await OpenAsync(request);

        Assert.Contains(RequestBuilder.Business.Name, form.Markup, StringComparison.Ordinal);
        Assert.Contains("It stays, because the client has shared something with it already.", form.Markup, StringComparison.Ordinal);
        Assert.Empty(form.FindAll(".rz-dropdown"));
        await form.Find("textarea").ChangeAsync("New words");
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.EndsWith("?changed=yes", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_completed_request_says_so_instead()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));

        var form = RenderFor<EditRequestForm>(Owner, p => p.Add(f => f.Id, request.Id.Value));

        form.WaitForAssertion(() => Assert.Contains("This request has already been completed by The baker.", form.Markup, StringComparison.Ordinal));
        Assert.Empty(form.FindAll("form"));
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<EditRequestForm> form, string service) =>
        form.FindAll("label").Single(l => l.TextContent.Trim() == service).QuerySelector("input")!;

    private Task<IRenderedComponent<EditRequestForm>> OpenAsync(GivenRequest request)
    {
        var form = RenderFor<EditRequestForm>(Owner, p => p.Add(f => f.Id, request.Id.Value));
        form.WaitForElement("textarea");
        return Task.FromResult(form);
    }
}
