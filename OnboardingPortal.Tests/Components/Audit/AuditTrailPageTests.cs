using System.Globalization;
using Bunit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Audit;

public sealed class AuditTrailPageTests : PortalContext
{
    [Fact]
    public async Task Filters_stand_in_the_address_and_in_the_exports_and_narrow_what_is_shown()
    {
        await ARequest().For("a@bakery.example").SentAsync();
        await KeyAsync("CRM");
        var page = Page();
        Assert.True(Rows(page).Count > 1);

        await ChooseAsync(page, "About", "Settings");

        Assert.EndsWith("/settings/audit?topic=Settings", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["The owner created the API key “CRM”"], Rows(page)));
        Assert.Equal("/settings/audit/export/csv?topic=Settings", Link(page, "CSV").GetAttribute("href"));

        await ChooseAsync(page, "By", "The portal itself");
        page.WaitForAssertion(() => Assert.Contains("Nothing matches.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("/settings/audit/export/csv?topic=Settings&actor=System", Link(page, "CSV").GetAttribute("href"));

        var again = RenderFor<AuditTrailPage>(Owner);
        again.WaitForAssertion(
            () => Assert.Equal(
                ["Settings", "The portal itself"], again.FindAll("input.mud-select-input").Select(i => i.GetAttribute("value"))));
    }

    [Fact]
    public async Task A_period_the_wrong_way_round_says_so_and_keeps_what_was_shown()
    {
        await KeyAsync("CRM");
        var page = Page();
        var shown = Rows(page);

        await page.FindAll("input[type=date]")[1].ChangeAsync("2026-11-20");
        page.WaitForAssertion(() => Assert.Contains("Nothing matches.", page.Markup, StringComparison.Ordinal)); // all of it is of the 21st
        await page.FindAll("input[type=date]")[1].ChangeAsync("2026-11-22");
        page.WaitForAssertion(() => Assert.Equal(shown, Rows(page)));
        await page.FindAll("input[type=date]")[0].ChangeAsync("2026-12-24");

        page.WaitForAssertion(() => Assert.Contains("lies before", page.Markup, StringComparison.Ordinal));
        Assert.Equal(shown, Rows(page));
    }

    [Fact]
    public async Task Older_entries_are_a_page_further_and_the_newest_a_page_back()
    {
        for (var i = 0; i < 30; i++)
        {
            var key = await KeyAsync($"Key {i}");
            Assert.Null(await Portal.Get<ApiKeys>().RevokeAsync(Owner, key.Id, Cancel));
        }

        var page = Page();
        Assert.Contains("“Key 29”", Rows(page)[0], StringComparison.Ordinal);

        await Button(page, "Older").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("“Key 4”", Rows(page)[0], StringComparison.Ordinal));
        Assert.Contains("before=", Navigation.Uri, StringComparison.Ordinal);

        await Button(page, "Newer").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("“Key 29”", Rows(page)[0], StringComparison.Ordinal));
        Assert.True(Button(page, "Newer").HasAttribute("disabled"));
    }

    [Fact]
    public async Task The_verifier_tells_that_all_is_well_and_what_was_changed()
    {
        await KeyAsync("CRM");
        var page = Page();
        await Button(page, "Verify").ClickAsync();
        page.WaitForAssertion(
            () => Assert.Contains("entries are as they were written", page.Find("[role=status]").TextContent, StringComparison.Ordinal));

        await using var db = Portal.Contexts.CreateForSystem();
        await db.Database.ExecuteSqlRawAsync("UPDATE audit_events SET \"ActorName\" = 'Somebody else'", Cancel);
        await Button(page, "Verify").ClickAsync();
        page.WaitForAssertion(
            () => Assert.Contains("was changed in the database", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "Verify", "The audit trail is broken here: the newest entries, from entry 2 on, were removed from the database", "had been changed from outside", "Entry 2 is missing")]
    [InlineData("de", "Prüfen", "Hier ist das Protokoll beschädigt: Die neuesten Einträge ab Eintrag 2 wurden aus der Datenbank entfernt", "von außen verändert", "Eintrag 2 fehlt")]
    public async Task A_break_is_told_for_good_by_the_page_by_an_entry_and_by_the_verifier(
        string language, string verify, string entry, string alert, string verdict)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await KeyAsync("CRM");
        await KeyAsync("Shop");
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Database.ExecuteSqlRawAsync("DELETE FROM audit_events WHERE \"Sequence\" = 2", Cancel);
        await KeyAsync("Till");

        var page = Page();

        Assert.Contains(entry, Rows(page));
        Assert.Contains(alert, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await Button(page, verify).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains(verdict, page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains(entry, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_copy_of_the_database_is_told_in_a_sentence_and_stops_nobodys_work()
    {
        await KeyAsync("CRM");
        var copy = Path.Combine(TestDatabase.Folder, $"{Guid.NewGuid():N}.copy");
        await using (var db = Portal.Contexts.CreateForSystem()) await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", Cancel);
        await KeyAsync("Shop");
        await PutBackAsync(copy);

        var page = Page();
        await Button(page, "Verify").ClickAsync();

        page.WaitForAssertion(
            () => Assert.Contains(
                "knows entry 2, and the database does not have it: an older copy of the database was put back",
                page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await KeyAsync("Till");
        Assert.Contains("an older copy of the database was put back", Rows(Page())[0] + Rows(Page())[1], StringComparison.Ordinal);
    }

    private async Task PutBackAsync(string copy)
    {
        await using var connection = new SqliteConnection(Portal.Database.ConnectionString);
        await using var old = new SqliteConnection($"Data Source={copy};Pooling=False");
        await connection.OpenAsync(Cancel);
        await old.OpenAsync(Cancel);
        old.BackupDatabase(connection);
    }

    private static IReadOnlyList<string> Rows(IRenderedComponent<AuditTrailPage> page) =>
        [.. page.FindAll("tbody th").Select(row => row.TextContent.Trim())];

    private async Task ChooseAsync(IRenderedComponent<AuditTrailPage> page, string filter, string option)
    {
        var label = page.FindAll("label").Single(l => l.TextContent == filter);
        await page.Find($"#{label.GetAttribute("for")}").MouseDownAsync(new());
        Popups.WaitForElement("[role=option]");
        await Popups.FindAll("[role=option]").Single(o => o.TextContent.Trim() == option).ClickAsync(new());
    }

    private async Task<CreatedApiKey> KeyAsync(string name) =>
        Value(await Portal.Get<ApiKeys>().CreateAsync(Owner, new NewApiKey(name, [ApiScope.ReadRequests]), Cancel));

    private IRenderedComponent<AuditTrailPage> Page()
    {
        _ = Popups;
        Navigation.NavigateTo("/settings/audit");
        var page = RenderFor<AuditTrailPage>(Owner);
        page.WaitForElement("table");
        return page;
    }
}
