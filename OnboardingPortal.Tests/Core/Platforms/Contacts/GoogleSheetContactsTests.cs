using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Google;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>What only sheets have: addresses that somebody types, columns that move, windows of rows.</summary>
public sealed class GoogleSheetContactsTests(ContactHost host) : ContactTest(host)
{
    private IContactSource Source => Host.Source(GoogleDefaults.SheetsKey);

    [Fact]
    public async Task The_sheets_of_a_spreadsheet_are_its_lists_without_hidden_ones_and_charts()
    {
        var (credentials, address) = await ConnectAsync("All well");

        Assert.True(Source.NeedsAddress);
        Assert.Empty(Value(await Host.Get<ContactSources>().Find(GoogleDefaults.SheetsKey)!.ListAsync(credentials, Cancel)));
        var lists = Value(await Source.FindAsync(credentials, address, Cancel));
        Assert.Equal(
            ["Mum's customers", "Newsletter", "All customers", "Diabetes newsletter", "Empty"], lists.Select(l => l.Name));
        Assert.All(lists, l => Assert.Equal(
            (ContactListKind.Sheet, (long?)null, "Contacts of Blue Bakery"), (l.Kind, l.Count, l.Parent)));

        var open = Value(await Source.FindAsync(credentials, $"{address}?pli=1#gid=18", Cancel));
        Assert.Equal("All customers", open[0].Name);
        Assert.Empty(Value(await Source.FieldsAsync(credentials, lists[^1].Key, Cancel)));
    }

    [Fact]
    public async Task Exactly_a_window_of_rows_is_read_whole_and_the_empty_rows_behind_it_are_nobody()
    {
        var (credentials, address) = await ConnectAsync("All well");
        var selection = await WholeAsync(Source, credentials, await KeyAsync(credentials, address, "All customers"));

        var first = Value(await Source.ReadAsync(credentials, selection, null, Cancel));
        var second = Value(await Source.ReadAsync(credentials, selection, first.Next, Cancel));

        Assert.Equal((5000, TimeSpan.FromSeconds(1)), (first.People.Count, first.Pause));
        Assert.Equal((0, (string?)null), (second.People.Count, second.Next));
        Assert.InRange(first.People.Count(p => p.IsOptedOut), 50, 500);
        Assert.Contains(first.People, p => p.Values.Contains("#N/A"));
        Assert.Equal("id:K-05000", first.People[^1].Id);
    }

    [Fact]
    public async Task Rows_that_somebody_left_free_are_passed_over()
    {
        var (credentials, address) = await ConnectAsync("All well");
        var selection = await WholeAsync(Source, credentials, await KeyAsync(credentials, address, "Newsletter"));

        var people = await ReadAsync(Source, credentials, selection);

        Assert.Equal(250, people.Select(p => p.Id).Distinct().Count());
        Assert.Equal(250, people.Count);
    }

    [Fact]
    public async Task Of_a_sheet_only_those_columns_are_read_that_are_sent_or_say_who_wants_nothing_and_who_is_who()
    {
        var (credentials, address) = await ConnectAsync("All well");
        var key = await KeyAsync(credentials, address, "Newsletter");
        Host.Forget();

        await ReadAsync(Source, credentials, new ContactSelection(key, [new("B", "Email"), new("F", "City")]));

        Assert.Equal(
            "'Newsletter'!A1:Z1,'Newsletter'!B2:B1000,'Newsletter'!F2:F1000,'Newsletter'!L2:L1000,'Newsletter'!A2:A1000",
            Host.Calls[^1].Query["ranges"]);
    }

    [Fact]
    public async Task Without_a_column_of_ids_people_are_told_apart_by_their_addresses()
    {
        var (credentials, address) = await ConnectAsync("All well");
        var selection = await WholeAsync(Source, credentials, await KeyAsync(credentials, address, "Mum's customers"));

        var people = await ReadAsync(Source, credentials, selection);

        Assert.Equal(12, people.Count);
        Assert.All(people, p => Assert.StartsWith("value:", p.Id, StringComparison.Ordinal));
        Assert.All(people.Where(p => p.Values[0]?.Contains('@', StringComparison.Ordinal) is true), p => Assert.Equal(
            $"value:{p.Values[0]!.Trim().ToLowerInvariant()}", p.Id));
    }

    [Theory]
    [InlineData("Header renamed", true)]
    [InlineData("Column removed", false)]
    public async Task A_column_that_is_no_longer_where_it_was_is_named(string name, bool isRenamed)
    {
        var (credentials, address) = await ConnectAsync(name);
        var key = await KeyAsync(credentials, address, "Newsletter");
        var selection = await WholeAsync(Source, credentials, key);
        Value(await Source.ReadAsync(credentials, selection, null, Cancel));

        Host.Lists.Change("googlesheets", SandboxPerson.KeyOf(name));
        var gone = Assert.IsType<ContactFieldsGone>((await Source.ReadAsync(credentials, selection, null, Cancel)).Error);
        Host.Lists.Change("googlesheets", SandboxPerson.KeyOf(name));

        Assert.Equal((isRenamed, "Email"), (gone.AreRenamed, Assert.Single(gone.Names)));
    }

    [Fact]
    public async Task A_sheet_that_was_deleted_is_not_found_but_the_others_are()
    {
        var (credentials, address) = await ConnectAsync("Sheet deleted");
        var lists = Value(await Source.FindAsync(credentials, address, Cancel));
        var (first, second) = (
            await WholeAsync(Source, credentials, lists[0].Key), await WholeAsync(Source, credentials, lists[1].Key));

        Host.Lists.Change("googlesheets", "sheet-deleted");
        Assert.Equal(PlatformFailureKind.NotFound, Failed(await Source.ReadAsync(credentials, first, null, Cancel)).Kind);
        Assert.Equal(PlatformFailureKind.NotFound, Failed(await Source.FieldsAsync(credentials, first.List, Cancel)).Kind);
        Assert.NotEmpty(await ReadAsync(Source, credentials, second));
        Host.Lists.Change("googlesheets", "sheet-deleted");
    }

    [Fact]
    public async Task A_sheet_that_gets_shorter_while_it_is_read_is_read_once_more_but_not_for_ever()
    {
        var (credentials, address) = await ConnectAsync("All well");
        var selection = await WholeAsync(Source, credentials, await KeyAsync(credentials, address, "All customers"));
        var first = Value(await Source.ReadAsync(credentials, selection, null, Cancel));
        var longer = GoogleSheetCursor.Read(first.Next)! with { RowCount = 6000, Title = "What it was called before" };

        Assert.Equal(5000, (await ReadAsync(Source, credentials, selection, longer.Write())).Count);
        longer = longer with { Restarts = GoogleDefaults.MaxRestarts };
        Assert.Empty(await ReadAsync(Source, credentials, selection, longer.Write()));
    }

    [Fact]
    public async Task A_spreadsheet_of_somebody_else_is_refused_and_one_that_is_gone_is_not_found()
    {
        var (credentials, _) = await ConnectAsync("All well");
        var other = Spreadsheet.AddressOf((AccountPerson)Host.Person(GoogleDefaults.SheetsKey, "Second account")!);
        const string gone = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWx/edit";

        Assert.Equal(PlatformFailureKind.PermissionDenied, Failed(await Source.FindAsync(credentials, other, Cancel)).Kind);
        Assert.Equal(PlatformFailureKind.NotFound, Failed(await Source.FindAsync(credentials, gone, Cancel)).Kind);
    }

    [Theory]
    [InlineData("https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWx/edit#gid=0", "1AbCdEfGhIjKlMnOpQrStUvWx", 0L)]
    [InlineData(" docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWx ", "1AbCdEfGhIjKlMnOpQrStUvWx", null)]
    [InlineData("https://docs.google.com/spreadsheets/u/1/d/1AbCdEfGhIjKlMnOpQrSt-_x/edit?gid=12&x=1", "1AbCdEfGhIjKlMnOpQrSt-_x", 12L)]
    [InlineData("https://docs.google.com/a/bakery.example/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt/view", "1AbCdEfGhIjKlMnOpQrSt", null)]
    [InlineData("1AbCdEfGhIjKlMnOpQrSt", "1AbCdEfGhIjKlMnOpQrSt", null)]
    public void An_address_is_read_as_it_stands_in_the_browser(string typed, string id, long? sheet) =>
        Assert.Equal(new GoogleSheetAddress(id, sheet), Value(GoogleSheetAddress.Read(typed)));

    [Theory]
    [InlineData("", AddressProblem.Malformed)]
    [InlineData("my list", AddressProblem.Malformed)]
    [InlineData("https://docs.google.com/document/d/1AbCdEfGhIjKlMnOpQrSt/edit", AddressProblem.Malformed)]
    [InlineData("https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEfGhIjKl/pubhtml", AddressProblem.Malformed)]
    [InlineData("https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt%2F..%2Fx", AddressProblem.Malformed)]
    [InlineData("https://user@docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt", AddressProblem.Malformed)]
    [InlineData("https://docs.google.com:8443/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt", AddressProblem.Malformed)]
    [InlineData("http://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt", AddressProblem.NotHttps)]
    [InlineData("https://docs.google.com.evil.example/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt", AddressProblem.Elsewhere)]
    [InlineData("javascript://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrSt", AddressProblem.NotHttps)]
    public void Another_address_is_refused(string typed, AddressProblem problem) =>
        Assert.Equal(new PlatformAddressRefused(GoogleDefaults.SheetsKey, problem), GoogleSheetAddress.Read(typed).Error);

    [Theory]
    [InlineData("Opted out", "yes", true)]
    [InlineData("OPT-OUT", "x", true)]
    [InlineData("Abgemeldet?", "WAHR", true)]
    [InlineData("unsubscribed at", "31.10.2026", true)]
    [InlineData("Unsubscribed", "1", true)]
    [InlineData("Unsubscribed", "#REF!", true)]
    [InlineData("Unsubscribed", "#N/A", false)]
    [InlineData("Abgemeldet", " Nein ", false)]
    [InlineData("abgemeldet", "FALSCH", false)]
    [InlineData("opted_out", "0", false)]
    [InlineData("opted_out", null, false)]
    public void A_column_says_who_wants_nothing_unless_it_says_no(string header, string? cell, bool isOut)
    {
        Assert.Equal(["B"], new GoogleSheetHeader(["Email", header]).OptOutColumns);
        Assert.Equal(isOut, GoogleSheetHeader.SaysOut(cell));
    }

    [Fact]
    public void Columns_are_named_by_letters()
    {
        int[] places = [0, 25, 26, 51, 52, 701, 702];
        Assert.Equal(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"], places.Select(GoogleSheetHeader.LetterOf));
        Assert.Equal(
            [new ContactField("A", "Email"), new ContactField("C", "City")], new GoogleSheetHeader([" Email ", "", "City", "  "]).Fields);
        Assert.Empty(new GoogleSheetHeader(["Email", "Optional", "Identity"]).OptOutColumns);
        Assert.Null(new GoogleSheetHeader(["Email", "Optional", "Identity"]).IdColumn);
    }

    private async Task<(PlatformCredentials Credentials, string Address)> ConnectAsync(string name)
    {
        var person = (AccountPerson)Host.Person(GoogleDefaults.SheetsKey, name)!;
        return (await Host.ConnectAsync(person, Cancel), Spreadsheet.AddressOf(person));
    }

    private async Task<string> KeyAsync(PlatformCredentials credentials, string address, string name) =>
        Value(await Source.FindAsync(credentials, address, Cancel)).Single(l => l.Name == name).Key;
}
