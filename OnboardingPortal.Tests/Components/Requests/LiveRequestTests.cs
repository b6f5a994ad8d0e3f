using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>What can be done on a request's page.</summary>
public sealed class LiveRequestTests : PortalContext
{
    [Fact]
    public async Task Resending_asks_to_whom_and_leaves_out_whose_mail_came_back()
    {
        var request = await ARequest().For("back@bakery.example", "well@bakery.example").SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.Where(r => r.Email == "back@bakery.example").ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Delivery, DeliveryState.Bounced).SetProperty(r => r.DeliveryText, "550 <b>no such user</b>"), Cancel);
            await db.Recipients.Where(r => r.Email == "well@bakery.example").ExecuteUpdateAsync(set => set.SetProperty(r => r.RemindersStoppedAt, Clock.Now), Cancel);
        }

        Clock.Advance(TimeSpan.FromMinutes(5));
        var page = Open(request);
        Assert.Contains("wants no reminders", page.Markup, StringComparison.Ordinal);
        await Button(page, "Resend email").ClickAsync();
        Assert.False(Box(page, "back@bakery.example").HasAttribute("checked"));
        Assert.True(Box(page, "well@bakery.example").HasAttribute("checked"));
        Assert.Contains("550 &lt;b&gt;no such user", page.Find("dialog").InnerHtml, StringComparison.Ordinal);

        await page.Find("#further").ChangeAsync("nobody");
        await page.Find("#resend").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("nobody", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));
        await page.Find("#further").ChangeAsync("new@bakery.example");
        await page.Find("#resend").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("2 emails are on their way.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
        Assert.Equal(["well@bakery.example", "new@bakery.example"], (await DetailsOf(request.Id)).Mails.Skip(2).Select(m => m.To));
    }

    [Fact]
    public async Task A_second_press_within_a_minute_is_refused_with_the_time_to_wait()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromSeconds(20));
        var page = Open(request);

        await Button(page, "Resend email").ClickAsync();
        await page.Find("#resend").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Seconds until it can be sent again: 40", page.Find("dialog").TextContent, StringComparison.Ordinal));
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

        page.WaitForAssertion(() => Assert.Contains("The link is renewed. The email is on its way.", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(Buttons(page, "Renew link")));
        Assert.Single(Buttons(page, "Copy link"));
        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_renewed_link_without_recipients_is_offered_to_be_copied()
    {
        var draft = await ARequest().DraftAsync();
        Value(await Requests.CopyLinkAsync(Owner, draft.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(40));
        var page = Open(draft);

        await Button(page, "Renew link").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("copy it and pass it on yourself", page.Markup, StringComparison.OrdinalIgnoreCase));
        page.WaitForAssertion(() => Assert.Single(Buttons(page, "Copy link")));
    }

    [Fact]
    public async Task Deleting_names_what_was_granted_already()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");
        var page = Open(request);

        await Button(page, "Delete request").ClickAsync();

        Assert.Contains("Mailchimp: Blue Bakery", page.Find("dialog").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_change_the_page_says_that_nobody_was_mailed()
    {
        var request = await ARequest().SentAsync();

        var page = RenderFor<LiveRequest>(Owner, p => p.Add(r => r.Id, request.Id.Value).Add(r => r.IsChanged, true));

        page.WaitForAssertion(() => Assert.Contains("The changes are saved, and the link stays the same.", page.Markup, StringComparison.Ordinal));
        Assert.Equal($"/collaboration/requests/{request.Id}/edit", Link(page, "Edit request").GetAttribute("href"));
    }

    [Fact]
    public async Task A_question_is_marked_as_answered_where_it_stands()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var client = await AParticipant(request);
        Assert.Null(await Portal.Get<ClientQuestions>().AskAsync(client, Mailchimp, "Which account?", Cancel));
        var page = Open(request);

        await Button(page, "Mark as answered: Which account?").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("answered", page.Find("[aria-labelledby=questions-title] .chip").TextContent));
        Assert.Empty(page.FindAll("a[href^=mailto]"));
        Assert.Contains("marked as answered: Which account?", page.Find("#timeline-title").ParentElement!.TextContent, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<LiveRequest> page, string recipient) =>
        page.FindAll("dialog label").Single(l => l.TextContent.Trim() == recipient).QuerySelector("input")!;

    private IRenderedComponent<LiveRequest> Open(GivenRequest request)
    {
        var page = RenderFor<LiveRequest>(Owner, p => p.Add(r => r.Id, request.Id.Value));
        page.WaitForElement("h1");
        return page;
    }
}
