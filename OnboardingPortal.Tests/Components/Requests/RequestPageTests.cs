using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

using RequestPage = OnboardingPortal.App.Features.Requests.RequestPage;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>What can be done on a request's page.</summary>
public sealed class RequestPageTests : PortalContext
{
    [Fact]
    public async Task Resending_asks_to_whom_and_leaves_out_whose_mail_came_back()
    {
        var request = await ARequest().For("back@bakery.example", "well@bakery.example").SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.Where(r => r.Email == "back@bakery.example").ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Delivery, DeliveryState.Bounced).SetProperty(r => r.DeliveryText, "550 <b>no such user</b>"),
                Cancel);
            await db.Recipients.Where(r => r.Email == "well@bakery.example")
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemindersStoppedAt, Clock.Now), Cancel);
        }

        Clock.Advance(TimeSpan.FromMinutes(5));
        var page = Open(request);
        Assert.Contains("wants no reminders", page.Markup, StringComparison.Ordinal);
        var resending = Button(page, "Resend email").ClickAsync();
        Assert.False(Box("back@bakery.example").HasAttribute("checked"));
        Assert.True(Box("well@bakery.example").HasAttribute("checked"));
        Assert.Contains("550 &lt;b&gt;no such user", Dialogs.Find("[role=dialog]").InnerHtml, StringComparison.Ordinal);

        await Dialogs.Find("[role=dialog] textarea").ChangeAsync("nobody");
        await Button(Dialogs, "Send again").ClickAsync();
        Dialogs.WaitForAssertion(() => Assert.Contains("nobody", Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await Dialogs.Find("[role=dialog] textarea").ChangeAsync("new@bakery.example");
        await AnswerAsync(() => resending, "Send again");

        Dialogs.WaitForAssertion(() => Assert.Equal("2 emails are on their way.", Told));
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll("[role=dialog]")));
        Assert.Equal(["well@bakery.example", "new@bakery.example"], (await DetailsOf(request.Id)).Mails.Skip(2).Select(m => m.To));
    }

    [Fact]
    public async Task A_second_press_within_a_minute_is_refused_with_the_time_to_wait()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromSeconds(20));
        var page = Open(request);

        _ = Button(page, "Resend email").ClickAsync();
        Dialogs.WaitForElement("[role=dialog]");
        await Button(Dialogs, "Send again").ClickAsync();

        Dialogs.WaitForAssertion(
            () => Assert.Contains(
                "Seconds until it can be sent again: 40", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expired_link_is_renewed_with_one_press()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Null(await Links.AskNewLinkAsync(request.Token, null, Cancel));
        var page = Open(request);
        Assert.Empty(Buttons(page, "Copy link"));

        await Button(page, "Renew link").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("The link is renewed. The email is on its way.", Told));
        page.WaitForAssertion(() => Assert.Empty(Buttons(page, "Renew link")));
        Assert.Single(Buttons(page, "Copy link"));
        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_new_link_for_one_recipient_is_asked_for_first_and_ends_theirs_alone()
    {
        var request = await ARequest().For("anna@bakery.example", "ben@bakery.example").SentAsync();
        var (anna, ben) = (await TokenOf("anna@bakery.example"), await TokenOf("ben@bakery.example"));
        Clock.Advance(TimeSpan.FromMinutes(5));
        var page = Open(request);

        await AnswerAsync(() => page.Find("button[aria-label='New link for anna@bakery.example']").ClickAsync(), "Cancel");
        Assert.True((await Links.FindAsync(anna, Cancel)).Succeeded);
        var asking = page.Find("button[aria-label='New link for anna@bakery.example']").ClickAsync();
        Dialogs.WaitForAssertion(
            () => Assert.Contains(
                "Make a new link for anna@bakery.example?", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal));
        await AnswerAsync(() => asking, "New link");

        page.WaitForAssertion(
            () => Assert.Equal("anna@bakery.example has a new link, and the one before is dead. The email is on its way.", Told));
        Assert.IsType<LinkUnknown>((await Links.FindAsync(anna, Cancel)).Error);
        Assert.True((await Links.FindAsync(ben, Cancel)).Succeeded);
        page.WaitForAssertion(() => Assert.Contains(
            "The owner made a new link for anna@bakery.example", page.Find("[aria-labelledby=timeline-title]").TextContent,
            StringComparison.Ordinal));

        async Task<string> TokenOf(string recipient) => (await request.LinkOfAsync(recipient)).Segments[^1];
    }

    [Fact]
    public async Task No_recipient_of_a_completed_request_is_offered_a_new_link()
    {
        var request = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));

        Assert.Empty(Open(request).FindAll("button[aria-label^='New link for']"));
    }

    [Fact]
    public async Task A_renewed_link_without_recipients_is_offered_to_be_copied()
    {
        var draft = await ARequest().DraftAsync();
        Value(await Requests.CopyLinkAsync(Owner, draft.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(40));
        var page = Open(draft);

        await Button(page, "Renew link").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("copy it and pass it on yourself", Told, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Single(Buttons(page, "Copy link")));
    }

    [Fact]
    public async Task Deleting_names_what_was_granted_already()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");
        var page = Open(request);

        var deleting = Button(page, "Delete request").ClickAsync();

        Dialogs.WaitForAssertion(
            () => Assert.Contains("Mailchimp: Blue Bakery", Dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal));
        await AnswerAsync(() => deleting, "Delete request");
        page.WaitForAssertion(() => Assert.EndsWith("/collaboration/requests", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("The request is deleted. Its link no longer works.", Told);
    }

    [Fact]
    public async Task What_is_not_asked_for_any_more_is_not_done()
    {
        var request = await ARequest().SentAsync();
        var page = Open(request);

        await AnswerAsync(() => Button(page, "Delete request").ClickAsync(), "Cancel");

        Assert.Equal($"/collaboration/requests/{request.Id}/edit", Link(page, "Edit request").GetAttribute("href"));
        Assert.NotNull(await Table.FindAsync(Owner.Scope, request.Id, Cancel));
    }

    [Fact]
    public async Task A_wrong_address_is_told_at_the_field_and_stays_there_until_it_is_corrected()
    {
        var page = Open(await ARequest().DraftAsync());

        await page.Find("textarea").ChangeAsync("nobody");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("nobody", page.Find(".mud-input-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(("nobody", "true"), (page.Find("textarea").GetAttribute("value"), page.Find("textarea").GetAttribute("aria-invalid")));
        await page.Find("textarea").ChangeAsync("baker@bakery.example");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The email is on its way.", Told));
        page.WaitForAssertion(() => Assert.Equal("baker@bakery.example", page.Find("h1").TextContent));
        page.WaitForAssertion(() => Assert.Equal("", page.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task A_request_of_another_agency_is_not_found_and_one_deleted_meanwhile_says_so()
    {
        var request = await ARequest().SentAsync();
        var page = Open(request);
        Assert.True((await Requests.DeleteAsync(Owner, request.Id, Cancel)).Succeeded); // elsewhere
        page.WaitForAssertion(() => Assert.Contains("This request was deleted.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(Buttons(page, "Delete request"));
        Assert.False(IsNotFound);

        page.Render(p => p.Add(r => r.Id, request.Id.Value + 1)); // the address of another one
        page.WaitForAssertion(() => Assert.True(IsNotFound));
    }

    [Fact]
    public async Task Events_stand_under_their_days_the_newest_first()
    {
        var request = await ARequest().For("baker@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromDays(3));
        Value(await Requests.CopyLinkAsync(Owner, request.Id, Cancel));

        var page = Open(request);

        Assert.Equal(2, page.FindAll("[aria-labelledby=timeline-title] h3").Count);
        var events = page.FindAll("[aria-labelledby=timeline-title] [role=listitem]");
        Assert.Contains("copied the link", events[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("saved the request", events[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_marked_as_answered_where_it_stands()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var client = await AParticipant(request);
        Assert.Null(await Portal.Get<ClientQuestions>().AskAsync(client, Mailchimp, "Which account?", Cancel));
        var page = Open(request);

        await Button(page, "Mark as answered: Which account?").ClickAsync(new());

        page.WaitForAssertion(
            () => Assert.Equal("answered", page.Find("[aria-labelledby=questions-title] .state-chip").TextContent.Trim()));
        Assert.Empty(page.FindAll("a[href^=mailto]"));
        Assert.Contains(
            "marked as answered: Which account?", page.Find("[aria-labelledby=timeline-title]").TextContent, StringComparison.Ordinal);
    }

    private bool IsNotFound { get; set; }

    private AngleSharp.Dom.IElement Box(string recipient) =>
        Dialogs.FindAll("[role=dialog] label").Single(l => l.TextContent.Trim() == recipient).QuerySelector("input")!;

    private IRenderedComponent<RequestPage> Open(GivenRequest request)
    {
        var page = RenderFor<RequestPage>(Owner, p => p.Add(r => r.Id, request.Id.Value));
        Navigation.OnNotFound += (_, _) => IsNotFound = true;
        page.WaitForElement("[aria-labelledby=timeline-title]");
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        return page;
    }
}
