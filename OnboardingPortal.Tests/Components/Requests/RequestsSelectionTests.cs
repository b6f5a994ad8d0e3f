using Bunit;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>What can be done with several rows of the table at once.</summary>
public sealed class RequestsSelectionTests : RequestsPageContext
{
    [Fact]
    public async Task Several_requests_are_deleted_after_a_question_that_lists_what_stays()
    {
        var granted = await ARequest().For("granted@bakery.example").Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(granted), Mailchimp, name: "Blue Bakery");
        var completed = await ARequest().For("completed@bakery.example").SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(completed), Cancel));
        var kept = await ARequest().For("kept@bakery.example").SentAsync();
        var dialogs = Dialogs;
        var page = Open();

        await SelectAsync(page, granted.Id, completed.Id);
        Assert.Equal("2 selected", page.Find("[role=status]").TextContent);
        var pressed = Button(page, "Delete requests").ClickAsync(); // lasts as long as the question
        dialogs.WaitForAssertion(() => Assert.Contains("Delete 2 requests?", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("granted@bakery.example: Mailchimp: Blue Bakery", dialogs.Find("li").TextContent);
        await Button(dialogs, "Delete requests").ClickAsync();
        await pressed;

        page.WaitForAssertion(() => Assert.Equal(["kept@bakery.example", "completed@bakery.example"], Recipients(page)));
        Assert.StartsWith(
            "One request is deleted. Not done for completed@bakery.example: This request has already been completed by The baker", Told,
            StringComparison.Ordinal);
        Assert.NotNull(await Table.FindAsync(Owner.Scope, kept.Id, Cancel));
        Assert.Equal("1 selected", page.Find("[role=status]").TextContent); // the completed one
    }

    [Fact]
    public async Task Several_requests_are_mailed_again_but_for_those_that_may_not_be_yet()
    {
        var early = await ARequest().For("early@bakery.example").SentAsync();
        var draft = await ARequest().DraftAsync();
        Clock.Advance(TimeSpan.FromMinutes(5));
        var late = await ARequest().For("late@bakery.example").SentAsync();
        var page = Open();

        await page.Find("thead input").ChangeAsync(true);
        page.WaitForAssertion(() => Assert.Equal("3 selected", page.Find("[role=status]").TextContent));
        await Button(page, "Resend email").ClickAsync();

        page.WaitForAssertion(() => Assert.StartsWith("One request is on its way again.", Told, StringComparison.Ordinal));
        Assert.Contains("Not done for late@bakery.example: ", Told, StringComparison.Ordinal);
        Assert.Contains("Not done for No recipient yet: ", Told, StringComparison.Ordinal);
        Assert.Equal(
            (2, 0, 1),
            ((await DetailsOf(early.Id)).Mails.Count, (await DetailsOf(draft.Id)).Mails.Count, (await DetailsOf(late.Id)).Mails.Count));
    }

    [Fact]
    public async Task Links_of_several_requests_are_shown_behind_their_recipients_where_the_browser_does_not_copy()
    {
        var first = await ARequest().For("first@bakery.example").SentAsync();
        var second = await ARequest().For("second@bakery.example").SentAsync();
        var page = Open();

        await SelectAsync(page, first.Id, second.Id);
        await Button(page, "Copy links").ClickAsync();

        page.WaitForAssertion(() => Assert.NotEmpty(Told));
        Assert.Equal(
            $"second@bakery.example: {TestPortal.PublicUrl}r/{second.Token}\nfirst@bakery.example: {TestPortal.PublicUrl}r/{first.Token}",
            Service<NoticeBoard>().Shown!.Link);
    }

    [Fact]
    public async Task A_selection_is_of_what_is_shown_and_ends_with_it()
    {
        await ManyAsync(27);
        var page = Open();
        await page.Find("thead input").ChangeAsync(true);
        page.WaitForAssertion(() => Assert.Equal("25 selected", page.Find("[role=status]").TextContent));
        Assert.All(page.FindAll("tbody input"), box => Assert.True(box.HasAttribute("checked")));

        await Button(page, "Older ›").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(2, Recipients(page).Count));
        Assert.Empty(page.FindAll("[role=status]"));
        Assert.False(page.Find("thead input").HasAttribute("checked"));
    }
}
