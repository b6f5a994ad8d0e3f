using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Bulk;

/// <summary>What an import shows before anything is sent.</summary>
public abstract class BulkPreviewTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    private BulkService Bulk => Portal.Get<BulkService>();

    private RequestTemplates Templates => Portal.Get<RequestTemplates>();

    [Fact]
    public async Task Good_rows_are_ready_and_bad_ones_say_all_that_is_wrong_with_line_and_column()
    {
        var id = await ReadAsync(
            """
            recipients,services,message,language,template
            a@bakery.example,mailchimp,Hello,de,
            nobody and b@bakery,Myspace,Hello,fr,Gone
            "c@bakery.example|d@bakery.example; e@bakery.example f@bakery.example","Google Sheets facebook hubspot",,,
            ,,,,x
            """);

        var import = await FoundAsync(id);
        Assert.Equal((4, 1, 3), (import.Rows, import.Ready, import.Refused));
        var lines = await LinesAsync(id);
        Assert.Equal([2, 3, 4, 5], lines.Select(l => l.Line));
        Assert.Equal(("a@bakery.example", "Mailchimp", "Hello"), (lines[0].Recipients, lines[0].Services, lines[0].Message));
        Assert.Equal(
            [BulkColumn.Language, BulkColumn.Recipients, BulkColumn.Services, BulkColumn.Template],
            lines[1].Problems.Select(p => p.Column!.Value).OrderBy(c => c.ToString(), StringComparer.Ordinal));
        Assert.Contains(
            "These are not email addresses: nobody and b@bakery.", Words(lines[1], BulkColumn.Recipients), StringComparison.Ordinal);
        Assert.StartsWith(
            "No service is called Myspace. There are: Facebook, Mailchimp,", Words(lines[1], BulkColumn.Services),
            StringComparison.Ordinal);
        Assert.Contains(
            "„fr“ ist keine Sprache des Portals.", lines[1].Problems.Single(p => p.Column == BulkColumn.Language).For(German),
            StringComparison.Ordinal);
        Assert.Contains("your agency has none", Words(lines[2], BulkColumn.BusinessManager), StringComparison.Ordinal);
        Assert.Equal("Google Sheets, Facebook, HubSpot", lines[2].Services);
        Assert.Equal("Enter at least one email address.", Words(lines[3], BulkColumn.Recipients));
        Assert.Equal("Wählen Sie mindestens einen Dienst.", lines[3].Problems.Single(p => p.Column == BulkColumn.Services).For(German));
    }

    [Fact]
    public async Task Addresses_are_read_as_the_form_reads_them_however_they_were_copied()
    {
        var id = await ReadAsync(
            "E-mail 1 - Value,services\nNora Baker "
            + "<nora@bakery.example>,Mailchimp\n<olaf@bakery.example>,Mailchimp\npia@bakery.example\u200b,Mailchimp\n"
            + "no\u200bra@bakery.example,Mailchimp\nbäcker@bakery.example,Mailchimp\na.@bakery.example,Mailchimp\n=?utf-8?q?a?=@bakery.example,Mailchimp\n"
            + "a@bakery.example ::: b@bäckerei.example,Mailchimp\nb@xn--bckerei-5wa.example,Mailchimp\n");

        var lines = await LinesAsync(id);
        Assert.Equal(
            ["nora@bakery.example", "olaf@bakery.example", "pia@bakery.example", "a@bakery.example, b@bäckerei.example"],
            lines.Where(l => l.Problems.Count == 0).Select(l => l.Recipients));
        // asked twice, and none that mail systems take
        Assert.Equal([5, 6, 7, 8, 10], lines.Where(l => l.Problems.Count > 0).Select(l => l.Line));
        Assert.All(lines.Where(l => l.Problems.Count > 0), l => Assert.Equal(BulkColumn.Recipients, Assert.Single(l.Problems).Column));
    }

    [Fact]
    public async Task Languages_are_known_as_exports_name_them()
    {
        var id = await ReadAsync(
            "email,services,language\na@bakery.example,Mailchimp,de-DE\nb@bakery.example,Mailchimp,German\n"
            + "c@bakery.example,Mailchimp,English (United States)\n");

        Assert.All(await LinesAsync(id), line => Assert.Empty(line.Problems));
        Assert.Equal(["de", "de", "en"], (await InputsAsync(id)).Select(input => input.Request.Language));
    }

    [Fact]
    public async Task Empty_cells_take_the_default_template_a_named_one_or_the_agencys_settings()
    {
        await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { RequestLanguage = "de" }, Cancel);
        Value(await Templates.SaveAsync(Owner, null, new TemplateInput("No words", new RequestTerms("", [Mailchimp], null, null)), Cancel));
        var usual = Value(
            await Templates.SaveAsync(
                Owner, null, new TemplateInput("Usual", new RequestTerms("The usual words", [Mailchimp], null, null)), Cancel));
        Assert.Null(await Templates.MakeDefaultAsync(Owner, usual, Cancel));

        var id = await ReadAsync("recipients,template,message\na@bakery.example,,\nb@bakery.example,no WORDS,\nc@bakery.example,,My own\n");

        Assert.Equal(["The usual words", "Please connect your accounts.", "My own"], (await LinesAsync(id)).Select(l => l.Message));
        Assert.All(
            await InputsAsync(id),
            input => Assert.Equal(("de", Mailchimp), (input.Request.Language, Assert.Single(input.Request.Platforms))));
    }

    [Fact]
    public async Task Facebook_takes_the_only_Business_Manager_and_asks_for_one_of_several()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var one = await ReadAsync("recipients,services\na@bakery.example,facebook\n");
        Assert.Equal(
            (user, RequestBuilder.Business.ExternalId),
            (await InputsAsync(one)).Select(i => (i.Request.FacebookUserId!.Value, i.Request.BusinessManagerId!)).Single());

        BusinessManager[] several = [
            RequestBuilder.Business, new("555", "Second Business", IsAdmin: true, "1"), new("556", "Second Business", IsAdmin: true, "2"),
            new("557", "Only employee", IsAdmin: false, "3")
        ];
        await Portal.Get<AgencyFacebookService>().ConnectAsync(
            Owner, new(new("10215000000000099", "Agency admin", null), new("agency-token", null, Clock.Now.AddDays(60), null)), several,
            Cancel);
        var id = await ReadAsync(
            """
            recipients,services,business manager
            a@bakery.example,facebook,
            b@bakery.example,facebook,brightside BUSINESS
            c@bakery.example,facebook,556
            d@bakery.example,facebook,Second Business
            e@bakery.example,facebook,Only employee
            f@bakery.example,mailchimp,Whatever
            """);

        var lines = await LinesAsync(id);
        Assert.StartsWith(
            "Facebook needs a Business Manager that receives access. Write one of these: Brightside Business (555000111222333),",
            Words(lines[0], BulkColumn.BusinessManager), StringComparison.Ordinal);
        Assert.StartsWith("Several Business Managers are called", Words(lines[3], BulkColumn.BusinessManager), StringComparison.Ordinal);
        Assert.StartsWith(
            "Your agency has no Business Manager “Only employee”", Words(lines[4], BulkColumn.BusinessManager), StringComparison.Ordinal);
        Assert.Equal(
            [null, RequestBuilder.Business.ExternalId, "556", null, null, null],
            (await InputsAsync(id)).Select(i => i.Request.BusinessManagerId));
        Assert.Equal([3, 4, 7], lines.Where(l => l.State == BulkRowState.Ready).Select(l => l.Line));
    }

    [Fact]
    public async Task The_same_recipient_for_the_same_services_is_flagged_with_the_first_line()
    {
        var id = await ReadAsync(
            "recipients,services\na@bakery.example,mailchimp\nb@bakery.example;A@Bakery.example,Mailchimp\na@bakery.example,hubspot\n");

        var lines = await LinesAsync(id);
        Assert.Equal([BulkRowState.Ready, BulkRowState.Refused, BulkRowState.Ready], lines.Select(l => l.State));
        Assert.Equal("A@Bakery.example is asked for the same services on line 2 already.", Words(lines[1], BulkColumn.Recipients));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\u0001")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u001b[31m")]
    public async Task Line_breaks_and_control_characters_in_a_cell_are_kept_out_of_every_field_but_breaks_in_a_message(string evil)
    {
        foreach (var column in Enum.GetValues<BulkColumn>())
        {
            string[] cells = ["a@bakery.example", "mailchimp", "Hello", "en", "", ""];
            cells[(int)column] = $"x{evil}Bcc: y@evil.example";
            var id = await ReadAsync(
                $"recipients,services,message,language,business manager,template\n{string.Join(',', cells.Select(c => $"\"{c}\""))}\n");

            var line = Assert.Single(await LinesAsync(id));
            var harmless = column == BulkColumn.BusinessManager || (column == BulkColumn.Message && evil is "\r\n" or "\u2028");
            // without Facebook nobody looks at a Business Manager
            Assert.Equal(harmless ? BulkRowState.Ready : BulkRowState.Refused, line.State);
            Assert.All(line.Problems, p => Assert.DoesNotContain(p.For(English), c => char.IsControl(c)));
        }
    }

    [Fact]
    public async Task The_longest_address_is_taken_and_one_character_more_is_not_nor_are_fifty_one_addresses()
    {
        var longest = $"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 62), 4))}.ex";
        var tooLong = $"a{longest}";
        var many = string.Join(' ', Enumerable.Range(0, 51).Select(i => $"a{i}@bakery.example"));

        var id = await ReadAsync($"recipients,services\n{longest},mailchimp\n{tooLong},mailchimp\n{many},mailchimp\n");

        var lines = await LinesAsync(id);
        Assert.Equal([BulkRowState.Ready, BulkRowState.Refused, BulkRowState.Refused], lines.Select(l => l.State));
        Assert.Equal(longest, lines[0].Recipients);
        Assert.Contains("51", Words(lines[2], BulkColumn.Recipients), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_of_megabytes_is_kept_short()
    {
        var id = await ReadAsync(
            $"recipients,services,message\n{new string('x', 2_000_000)},{new string('y', 1_000_000)},{new string('z', 1_000_000)}\n");

        var line = Assert.Single(await LinesAsync(id));
        Assert.Equal(3, line.Problems.Count);
        Assert.InRange(
            line.Recipients.Length + line.Services.Length + line.Message.Length + line.Problems.Sum(p => p.For(English).Length), 0, 4000);
    }

    [Fact]
    public async Task A_formula_in_a_cell_is_just_text()
    {
        var id = await ReadAsync("recipients,services,message\na@bakery.example,mailchimp,=cmd|' /C calc'!A0\n");

        Assert.Equal(("=cmd|' /C calc'!A0", BulkRowState.Ready), (await LinesAsync(id)).Select(l => (l.Message, l.State)).Single());
    }

    [Fact]
    public async Task Rows_are_read_page_by_page_in_the_order_of_the_file_and_only_those_with_problems_on_demand()
    {
        var id = await ReadAsync($"recipients,services\n{string.Concat(Enumerable.Range(0, 120).Select(i => $"a{i}@{(i % 3 == 0 ? "bakery" : "bakery.example")},mailchimp\n"))}");

        var first = await Bulk.ListRowsAsync(Owner, id, false, 0, 50, Cancel);
        var third = await Bulk.ListRowsAsync(Owner, id, false, 101, 50, Cancel);
        Assert.Equal((2, 51, true), (first.Lines[0].Line, first.Lines[^1].Line, first.HasMore));
        Assert.Equal((102, 121, false), (third.Lines[0].Line, third.Lines[^1].Line, third.HasMore));
        var bad = await Bulk.ListRowsAsync(Owner, id, true, 0, 50, Cancel);
        Assert.Equal((40, 2, 119, false), (bad.Lines.Count, bad.Lines[0].Line, bad.Lines[^1].Line, bad.HasMore));
    }

    [Fact]
    public async Task An_import_is_its_users_alone_and_a_sub_user_may_import_too()
    {
        var id = Value(await Bulk.ReadAsync(Member, "list.csv", Text("recipients,services\na@bakery.example,mailchimp\n"), Cancel));

        Assert.Equal("list.csv", (await Bulk.FindAsync(Member, id, Cancel))!.FileName);
        Assert.Equal(id, Assert.Single(await Bulk.ListAsync(Member, Cancel)).Id);
        Assert.Null(await Bulk.FindAsync(Owner, id, Cancel));
        Assert.Empty(await Bulk.ListAsync(Owner, Cancel));
        Assert.Empty((await Bulk.ListRowsAsync(Owner, id, false, 0, 50, Cancel)).Lines);
        Assert.IsType<BulkImportNotFound>(await Bulk.SendAsync(Owner, id, Cancel));
        Assert.IsType<BulkImportNotFound>(await Bulk.CancelAsync(Owner, id, Cancel));
        Assert.IsType<BulkImportNotFound>((await Bulk.ReadResultsAsync(Owner, id, Cancel)).Error);
    }

    [Fact]
    public async Task A_refused_file_keeps_nothing_and_a_cancelled_preview_is_gone()
    {
        Assert.IsType<BulkFileHasNoRows>((await Bulk.ReadAsync(Owner, "list.csv", Text("recipients\n"), Cancel)).Error);
        var id = await ReadAsync("recipients,services\na@bakery.example,mailchimp\n");
        Assert.Null(await Bulk.CancelAsync(Owner, id, Cancel));

        Assert.IsType<BulkImportNotFound>(await Bulk.SendAsync(Owner, id, Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal((0, 0), (await db.BulkImports.CountAsync(Cancel), await db.BulkRows.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Imports_are_forgotten_after_thirty_days()
    {
        await ReadAsync("recipients,services\na@bakery.example,mailchimp\n");
        Clock.Advance(TimeSpan.FromDays(30));
        var young = await ReadAsync("recipients,services\na@bakery.example,mailchimp\n");
        Assert.Equal(0, await Portal.Get<BulkSending>().PurgeAsync(Cancel));

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await Portal.Get<BulkSending>().PurgeAsync(Cancel));
        Assert.Equal(young, Assert.Single(await Bulk.ListAsync(Owner, Cancel)).Id);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Words(BulkLine line, BulkColumn column) => line.Problems.Single(p => p.Column == column).For(English);

    private async Task<BulkImportId> ReadAsync(string text) => Value(await Bulk.ReadAsync(Owner, null, Text(text), Cancel));

    private async Task<BulkOverview> FoundAsync(BulkImportId id) =>
        await Bulk.FindAsync(Owner, id, Cancel) ?? throw new InvalidOperationException("The import is gone.");

    private async Task<IReadOnlyList<BulkLine>> LinesAsync(BulkImportId id) =>
        (await Bulk.ListRowsAsync(Owner, id, false, 0, 100, Cancel)).Lines;

    private async Task<IReadOnlyList<BulkInput>> InputsAsync(BulkImportId id)
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return [.. (await db.BulkRows.Where(r => r.ImportId == id).OrderBy(r => r.Line).Select(r => r.Input).ToListAsync(Cancel))
            .Select(BulkInput.Read)];
    }
}

public sealed class BulkPreviewTestsOnSqlite() : BulkPreviewTests(DatabaseProvider.Sqlite);

public sealed class BulkPreviewTestsOnPostgres() : BulkPreviewTests(DatabaseProvider.Postgres);
