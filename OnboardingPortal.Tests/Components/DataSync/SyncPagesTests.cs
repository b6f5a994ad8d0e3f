using Bunit;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.App.Features.Home;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.Tests.Components.DataSync;

/// <summary>The list of syncs, and the page of one.</summary>
public sealed class SyncPagesTests : SyncPagesContext
{
    [Fact]
    public void Without_a_sync_the_page_says_what_it_is_for_and_leads_to_the_first()
    {
        var page = RenderFor<SyncsPage>(Member);

        page.WaitForAssertion(() => Assert.Contains("No syncs yet", page.Markup, StringComparison.Ordinal));
        Assert.Equal("/data-sync/new", Link(page, "New sync").GetAttribute("href"));
    }

    [Fact]
    public void Whoever_has_no_account_of_a_client_is_led_to_asking_for_one()
    {
        var page = RenderFor<SyncsPage>(Stranger);

        page.WaitForAssertion(
            () => Assert.Equal("/collaboration/requests/new", Link(page, "Request onboarding").GetAttribute("href")));
    }

    [Fact]
    public async Task A_sync_is_listed_with_client_list_and_audience_and_follows_what_becomes_of_it()
    {
        var id = await ANewSyncAsync();
        var page = RenderFor<SyncsPage>(Member);
        var row = page.WaitForElement("tbody tr");
        Assert.All(
            [Client, "Newsletter", "Bakery ads", "Contacts 1", "Waits for its turn", "Only by hand"],
            words => Assert.Contains(words, row.TextContent, StringComparison.Ordinal));

        await RestAsync(id);

        page.WaitForAssertion(() => Assert.Contains("Plan first", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Equal($"/data-sync/{id}", page.Find("tbody a").GetAttribute("href"));
    }

    [Fact]
    public async Task Another_agency_sees_neither_the_list_nor_the_sync()
    {
        var id = await ANewSyncAsync();

        var list = RenderFor<SyncsPage>(Stranger);
        list.WaitForAssertion(() => Assert.Contains("No syncs yet", list.Markup, StringComparison.Ordinal));
        var page = RenderFor<SyncPage>(Stranger, p => p.Add(s => s.Id, id.Value));
        page.WaitForAssertion(() => Assert.Contains("This sync is gone.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_plan_is_shown_before_anything_is_sent_and_running_it_fills_the_history()
    {
        var id = await APlannedSyncAsync();
        var page = Page(id);
        Assert.Equal("12", page.Find("dl dd").TextContent);
        Assert.Empty(Graph.Audiences.Values.SelectMany(a => a.People));

        await Button(page, "Run now").ClickAsync();
        page.WaitForAssertion(() => Assert.Single(Buttons(page, "Cancel")));
        await RestAsync(id);

        page.WaitForAssertion(() => Assert.Contains("Done", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Equal(12, Assert.Single(Graph.Audiences.Values).People.Count);
    }

    [Fact]
    public async Task A_problem_stands_first_with_its_button_and_is_gone_once_it_is_mended()
    {
        var id = await APlannedSyncAsync();
        Graph.Terms = 0;
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        await RestAsync(id);
        var page = Page(id);
        Assert.Contains("has not accepted Facebook’s terms", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("business.facebook.com", page.Find("[role=alert] [data-copy]").GetAttribute("data-copy"), StringComparison.Ordinal);

        Graph.Terms = 1;
        await Button(page, "Try again").ClickAsync();
        await RestAsync(id);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
    }

    [Fact]
    public async Task A_sync_that_waits_for_somebody_stands_on_the_first_page_until_it_is_mended()
    {
        var id = await APlannedSyncAsync();
        var home = RenderFor<HomePage>(Owner);
        home.WaitForElement("h2");
        Assert.Empty(home.FindAll("#hands"));
        Graph.Terms = 0;
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        await RestAsync(id);

        home.WaitForAssertion(() => Assert.StartsWith(
            "Client: the data sync of Newsletter waits. The owner of the ad account has not accepted",
            home.Find("#hands li").TextContent, StringComparison.Ordinal));
        Assert.Equal($"/data-sync/{id}", home.Find("#hands li a").GetAttribute("href"));

        Graph.Terms = 1;
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        await RestAsync(id);
        home.WaitForAssertion(() => Assert.Empty(home.FindAll("#hands")));
    }

    [Fact]
    public async Task It_is_paused_and_resumed_and_its_schedule_is_changed()
    {
        var id = await APlannedSyncAsync();
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        await RestAsync(id);
        var page = Page(id);

        await page.InvokeAsync(() => Button(page, "Pause").ClickAsync()); // the page hears of the run's end at any moment
        page.WaitForAssertion(() => Assert.Single(Buttons(page, "Resume")));
        await page.InvokeAsync(() => Button(page, "Resume").ClickAsync());
        page.WaitForAssertion(() => Assert.Single(Buttons(page, "Pause")));
        await ChooseAsync<SyncInterval>(page, "How often", "Every day");
        page.WaitForAssertion(() => Assert.Contains("Next:", page.Markup, StringComparison.Ordinal));
        Assert.Equal(SyncInterval.Daily, Value(await Syncs.FindAsync(Owner, id, Cancel)).Line.Every);
    }

    [Fact]
    public async Task Deleting_asks_what_becomes_of_the_audience()
    {
        var id = await APlannedSyncAsync();
        var page = Page(id);
        var dialogs = Dialogs;

        await AnswerAsync(() => Button(page, "Delete sync").ClickAsync(), "Cancel");
        Assert.True((await Syncs.FindAsync(Owner, id, Cancel)).Succeeded);
        var pressed = Button(page, "Delete sync").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal(2, dialogs.FindAll("[role=dialog] input[type=radio]").Count));
        await Button(dialogs, "Delete sync").ClickAsync();
        await pressed;

        page.WaitForAssertion(() => Assert.EndsWith("/data-sync", Navigation.Uri, StringComparison.Ordinal));
        Assert.False((await Syncs.FindAsync(Owner, id, Cancel)).Succeeded);
    }

    [Fact]
    public async Task Columns_are_chosen_again_from_the_fields_as_they_are_now()
    {
        var id = await APlannedSyncAsync();
        var page = Page(id);
        var dialogs = Dialogs;

        var pressed = Button(page, "Change").ClickAsync();
        await dialogs.WaitForElement("#column-FirstName").ChangeAsync("name");
        await Button(dialogs, "Save columns").ClickAsync();
        await pressed;

        Assert.Equal(["email", "name"], Value(await Syncs.FindAsync(Owner, id, Cancel)).Columns.Select(c => c.Field));
        Assert.StartsWith("The columns are changed.", Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_are_shown_in_words_and_chosen_again()
    {
        List.CanFilter = true;
        var id = await APlannedSyncAsync();
        var page = Page(id);
        Assert.Contains("Everybody in the list.", page.Markup, StringComparison.Ordinal);
        var dialogs = Dialogs;

        var pressed = Button(page, "Change: Which people").ClickAsync();
        await dialogs.WaitForElement("#add-condition").ClickAsync();
        await dialogs.Find("#condition-0-field").ChangeAsync("LeadSource");
        await Button(dialogs, "Save conditions").ClickAsync();
        await pressed;

        page.WaitForAssertion(() => Assert.Contains("Lead Source is empty", page.Markup, StringComparison.Ordinal));
        Assert.StartsWith("The conditions are changed.", Told, StringComparison.Ordinal);
    }

    private IRenderedComponent<SyncPage> Page(AudienceSyncId id)
    {
        var page = RenderFor<SyncPage>(Owner, p => p.Add(s => s.Id, id.Value));
        _ = Popups;
        page.WaitForElement("#history-title");
        return page;
    }
}
