using System.Text;
using Bunit;
using OnboardingPortal.App.Features.Bulk;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Bulk;

/// <summary>The page of an import.</summary>
public sealed class ImportStatusPageTests : PortalContext
{
    private BulkService Bulk => Portal.Get<BulkService>();

    [Fact]
    public async Task The_preview_counts_and_shows_each_row_with_its_problems_and_filters_them()
    {
        var page = Page(await ReadAsync("recipients,services,notes\na@bakery.example,mailchimp,x\nnobody,Myspace,\n"));

        Assert.Equal("list.csv", page.Find("h1").TextContent);
        Assert.Equal(
            ["Not sent yet", "1 ready", "1 with problems"], page.FindAll("[role=status] .state-chip").Select(c => c.TextContent.Trim()));
        Assert.Contains(
            "These columns are not known and were ignored: notes", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        var problems = page.FindAll("tbody tr")[1].QuerySelectorAll(".row-problem").Select(p => p.TextContent.Trim()).ToList();
        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, p => p.StartsWith("Recipients: These are not email addresses: nobody.", StringComparison.Ordinal));

        await page.Find("input[type=checkbox]").ChangeAsync(true);
        page.WaitForAssertion(() => Assert.Equal("3", Assert.Single(page.FindAll("tbody tr th")).TextContent));
    }

    [Fact]
    public async Task Five_thousand_rows_are_fifty_on_the_page_and_turned_by_keyset()
    {
        var page = Page(
            await ReadAsync($"recipients,services\n{string.Concat(Enumerable.Range(0, BulkImport.MaxRows).Select(i => $"a{i}@bakery.example,mailchimp\n"))}"));

        Assert.Equal((50, "2"), (page.FindAll("tbody tr").Count, page.Find("tbody th").TextContent));
        Assert.True(Button(page, "‹ Previous").HasAttribute("disabled"));
        await Button(page, "Next ›").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal((50, "52"), (page.FindAll("tbody tr").Count, page.Find("tbody th").TextContent)));
        await Button(page, "‹ Previous").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("2", page.Find("tbody th").TextContent));
        Button(page, "Send 5,000 requests");
    }

    [Fact]
    public async Task A_copied_address_leads_to_the_same_rows()
    {
        var id = await ReadAsync($"recipients,services\n{string.Concat(Enumerable.Range(0, 120).Select(i => $"nobody{i},mailchimp\n"))}a@bakery.example,mailchimp\n");
        Navigation.NavigateTo($"/collaboration/requests/import/{id}?problems=True&after=101");

        var page = Page(id);

        Assert.Equal((20, "102"), (page.FindAll("tbody tr").Count, page.Find("tbody th").TextContent));
        await Button(page, "‹ Previous").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("2", page.Find("tbody th").TextContent));
    }

    [Fact]
    public async Task Sending_asks_first_and_then_shows_how_far_it_is_until_it_is_done()
    {
        var id = await ReadAsync("recipients,services\na@bakery.example,mailchimp\nb@bakery.example,mailchimp\nnobody,mailchimp\n");
        var page = Page(id);

        var dialogs = Dialogs;
        var sending = Button(page, "Send 2 requests").ClickAsync();
        dialogs.WaitForAssertion(
            () => Assert.Contains("Rows with problems are left out.", dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal));
        Assert.Equal(BulkImportState.Preview, (await Bulk.FindAsync(Owner, id, Cancel))!.State);
        await AnswerAsync(() => sending, "Send 2 requests");

        page.WaitForAssertion(() => Assert.Equal("0 of 2 rows done", page.Find("[role=progressbar]").GetAttribute("aria-valuetext")));
        Assert.Equal(2, await Portal.Get<BulkSending>().SendAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(
            () => Assert.Equal(
                ["Done", "2 sent", "1 with problems"], page.FindAll("[role=status] .state-chip").Select(c => c.TextContent.Trim())));
        Assert.Empty(page.FindAll("[role=progressbar]"));
        Assert.EndsWith(
            $"/collaboration/requests/import/{id}/result", Link(page, "Download result").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("tbody a").Count);
    }

    [Fact]
    public async Task A_page_opened_anew_goes_on_where_the_sending_is_and_can_stop_it()
    {
        var id = await ReadAsync(
            $"recipients,services\n{string.Concat(Enumerable.Range(0, 300).Select(i => $"a{i}@bakery.example,mailchimp\n"))}");
        Assert.Null(await Bulk.SendAsync(Owner, id, Cancel));
        await Portal.Get<BulkSending>().SendAsync(Cancel);

        var page = Page(id);
        Assert.Equal("200 of 300 rows done", page.Find("[role=progressbar]").GetAttribute("aria-valuetext"));
        await AnswerAsync(() => Button(page, "Stop sending").ClickAsync(), "Stop sending");

        page.WaitForAssertion(
            () => Assert.Equal(
                ["Stopped", "200 sent", "100 not sent"], page.FindAll("[role=status] .state-chip").Select(c => c.TextContent.Trim())));
    }

    [Fact]
    public async Task Cancelling_a_preview_throws_it_away_and_leads_back()
    {
        var id = await ReadAsync("recipients,services\na@bakery.example,mailchimp\n");
        var page = Page(id);

        await Button(page, "Cancel").ClickAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/collaboration/requests/import", Navigation.Uri, StringComparison.Ordinal));
        Assert.Null(await Bulk.FindAsync(Owner, id, Cancel));
    }

    [Fact]
    public async Task What_stands_in_cells_is_only_text()
    {
        var page = Page(await ReadAsync("recipients,services,message,<i>\n<img src=x onerror=alert(1)>,<script>,=1+1,\n"));

        Assert.Empty(page.FindAll("img, script, i"));
        Assert.Contains("&lt;img", page.Markup, StringComparison.Ordinal);
    }

    private async Task<BulkImportId> ReadAsync(string text) =>
        Value(await Bulk.ReadAsync(Owner, "list.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancel));

    private IRenderedComponent<ImportStatusPage> Page(BulkImportId id)
    {
        var page = RenderFor<ImportStatusPage>(Owner, p => p.Add(x => x.Id, id.Value));
        page.WaitForElement("tbody");
        return page;
    }
}
