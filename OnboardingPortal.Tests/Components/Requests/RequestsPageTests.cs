using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The live table: what it shows, how it follows, and what can be done with one row or several.</summary>
public sealed class RequestsPageTests : RequestsPageContext
{
    [Fact]
    public async Task A_change_elsewhere_renders_only_the_changed_row()
    {
        var other = await ARequest().For("other@bakery.example").SentAsync();
        var changed = await ARequest().For("changed@bakery.example").SentAsync();
        var page = Open();
        var (head, rows) = (page.FindComponent<PageHead>(), page.FindComponents<RequestLine>());
        var headRenders = head.RenderCount;

        Assert.Null(await Wizard.CompleteAsync(await AParticipant(changed), Cancel));

        page.WaitForAssertion(() => Assert.Equal("Connected", Row(page, changed.Id).QuerySelector("b")!.TextContent));
        Assert.Equal("is-connected", Row(page, changed.Id).QuerySelector("td > b")!.ClassList[0]);
        Assert.Equal(headRenders, head.RenderCount); // nor does the page around the rows render
        Assert.Equal(1, rows.Single(row => row.Instance.Line.Id == other.Id).RenderCount);
    }

    [Fact]
    public async Task A_new_request_comes_in_at_the_top_and_a_deleted_one_goes()
    {
        var old = await ARequest().For("old@bakery.example").SentAsync();
        var page = Open();

        var added = await ARequest().For("new@bakery.example").SentAsync();
        page.WaitForAssertion(() => Assert.Equal(["new@bakery.example", "old@bakery.example"], Recipients(page)));
        Assert.Contains("glow-", Row(page, added.Id).QuerySelector("td > b")!.ClassName, StringComparison.Ordinal);
        Value(await Requests.DeleteAsync(Owner, old.Id, Cancel));

        page.WaitForAssertion(() => Assert.Equal(["new@bakery.example"], Recipients(page)));
    }

    [Fact]
    public async Task The_address_says_what_is_looked_at_and_leads_back_to_it()
    {
        await ManyAsync(27);
        var page = Open();
        Assert.Equal(("r27@bakery.example", 25), (Recipients(page)[0], Recipients(page).Count));

        await Button(page, "Older ›").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(["r02@bakery.example", "r01@bakery.example"], Recipients(page)));
        Assert.Contains("26-27 of about 27", page.Find("nav").TextContent, StringComparison.Ordinal);
        var second = new Uri(Navigation.Uri).PathAndQuery;
        await Button(page, "Expired").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Nothing matches", page.Markup, StringComparison.Ordinal));
        Assert.EndsWith("/collaboration/requests?status=Expired", Navigation.Uri, StringComparison.Ordinal);
        await Button(page, "Clear filter").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(25, Recipients(page).Count));

        await page.InvokeAsync(() => Navigation.NavigateTo(second)); // back, or copied to a colleague

        page.WaitForAssertion(() => Assert.Equal(["r02@bakery.example", "r01@bakery.example"], Recipients(page)));
        Assert.Contains("26-27 of about 27", page.Find("nav").TextContent, StringComparison.Ordinal);
        await Button(page, "‹ Newer").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("1-25 of about 27", page.Find("nav").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("after=nonsense&from=-1")]
    [InlineData("status=Deleted&sort=Sideways")]
    [InlineData("after=1")] // nothing is older
    public async Task An_address_that_makes_no_sense_leads_to_the_first_page(string query)
    {
        await ARequest().For("hello@bakery.example").SentAsync();

        var page = Open("?" + query);

        page.WaitForAssertion(() => Assert.Equal(["hello@bakery.example"], Recipients(page)));
    }

    [Fact]
    public async Task Of_two_views_wanted_at_once_the_last_one_is_shown()
    {
        var sent = await ARequest().For("sent@bakery.example").SentAsync();
        var draft = await ARequest().DraftAsync();
        var page = Open();

        await page.InvokeAsync(() =>
        {
            Navigation.NavigateTo("/collaboration/requests?sort=Oldest");
            Navigation.NavigateTo("/collaboration/requests?status=Draft");
        });

        page.WaitForAssertion(() => Assert.Equal(draft.Id.ToString(), Assert.Single(page.FindAll("tbody tr")).GetAttribute("data-id")));
        Assert.Equal("none", page.FindAll("th")[1].GetAttribute("aria-sort"));
        Assert.DoesNotContain(sent.Id.ToString(), page.Find("tbody").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_chosen_while_a_page_turns_is_what_is_shown()
    {
        await ManyAsync(27);
        var expired = await ARequest().SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Requests.Where(r => r.Id == expired.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RequestStatus.Expired), Cancel);
        }

        var page = Open();

        await page.InvokeAsync(() => Task.WhenAll(Button(page, "Older ›").ClickAsync(), Button(page, "Expired").ClickAsync()));

        page.WaitForAssertion(() => Assert.Equal(expired.Id.ToString(), Assert.Single(page.FindAll("tbody tr")).GetAttribute("data-id")));
        Assert.EndsWith("/collaboration/requests?status=Expired", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sorting_is_said_at_the_column_that_is_sorted_by()
    {
        foreach (var name in (string[])["b", "c", "a"]) await ARequest().For($"{name}@bakery.example").SentAsync();
        var page = Open();
        Assert.Equal(("none", "descending"), Sorted(page));

        await Button(page, "Recipient").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(["a@bakery.example", "b@bakery.example", "c@bakery.example"], Recipients(page)));
        Assert.Equal(("ascending", "none"), Sorted(page));
        await Button(page, "Recipient").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(["c@bakery.example", "b@bakery.example", "a@bakery.example"], Recipients(page)));
        Assert.Equal(("descending", "none"), Sorted(page));

        static (string?, string?) Sorted(IRenderedComponent<RequestsPage> page) =>
            (page.FindAll("th")[1].GetAttribute("aria-sort"), page.FindAll("th")[3].GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task How_the_table_is_seen_is_kept_for_the_user_and_for_nobody_else()
    {
        await ManyAsync(12);
        var popups = Popups;
        var page = Open();

        await ChooseAsync("10 rows");
        page.WaitForAssertion(() => Assert.Equal(10, Recipients(page).Count));
        await ChooseAsync("Compact");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".mud-table-dense")));

        await using var scope = Portal.Scope();
        var account = scope.ServiceProvider.GetRequiredService<OwnAccount>();
        Assert.Equal(new TableView(10, IsCompact: true), await account.FindTableViewAsync(Owner, Cancel));
        Assert.Equal(TableView.Usual, await account.FindTableViewAsync(Member, Cancel));

        async Task ChooseAsync(string words)
        {
            await Button(page, "Table view").ClickAsync();
            popups.WaitForAssertion(() => Assert.Single(Items(popups, words)));
            await Items(popups, words)[0].ClickAsync();
        }
    }

    [Fact]
    public async Task A_rows_menu_offers_what_its_status_allows_and_is_there_only_while_it_is_open()
    {
        var pending = await ARequest().For("pending@bakery.example").SentAsync();
        var completed = await ARequest().For("completed@bakery.example").SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(completed), Cancel));
        var popups = Popups;
        var page = Open();
        Assert.Empty(popups.FindAll("[role=menuitem]"));

        await ActAsync(page, "menu", pending.Id);
        popups.WaitForAssertion(() => Assert.Equal(
            ["Open request", "Resend email", "Copy link", "Delete request"],
            popups.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim())));
        await ActAsync(page, "menu", completed.Id);

        popups.WaitForAssertion(
            () => Assert.Equal(["Open request"], popups.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim())));
    }

    [Fact]
    public async Task A_red_dot_opens_what_went_wrong_which_is_checked_again_in_place()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Connections.ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, ConnectionState.ReconnectNeeded)
                    .SetProperty(c => c.Failure, PlatformFailureKind.AuthExpired), Cancel);
        }

        var dialogs = Dialogs;
        var page = Open();

        var pressed = page.Find("tbody")
            .TriggerEventAsync(
                "onrowaction", new RowActionEventArgs { Kind = "problem", Id = request.Id.ToString(), Platform = Mailchimp.Value });

        dialogs.WaitForAssertion(
            () => Assert.Contains("The sign-in at Mailchimp has run out or was taken back.", dialogs.Markup, StringComparison.Ordinal));
        Assert.Single(Buttons(dialogs, "Check again"));
        Assert.Single(Buttons(dialogs, "Send reconnect link"));
        await Button(dialogs, "Close").ClickAsync();
        await pressed;
    }

    [Fact]
    public async Task Where_nothing_was_asked_for_yet_the_page_says_what_it_is_for()
    {
        var page = Open();

        Assert.Equal("No requests yet", page.Find("h2").TextContent);
        Assert.Empty(page.FindAll("table"));
        Assert.Equal("/collaboration/requests/new", Link(page, "Request onboarding").GetAttribute("href"));
    }

    private static IReadOnlyList<IElement> Items(IRenderedComponent<MudBlazor.MudPopoverProvider> popups, string words) =>
        [.. popups.FindAll("[role=menuitemradio]").Where(item => item.TextContent.Trim() == words)];
}
