using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Sandbox;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>What only Salesforce's people have: kinds, jobs, queries that are forgotten, an edition without an interface.</summary>
public sealed class SalesforceContactsTests(ContactHost host) : ContactTest(host)
{
    private const int Many = 25_000;

    private static readonly ContactField[] Few = [new("Email", "Email"), new("LastName", "Last Name")];

    private IContactSource Source => Host.Source(SalesforceDefaults.Key);

    [Fact]
    public async Task The_lists_are_contacts_and_leads_without_those_who_became_contacts()
    {
        var credentials = await ConnectAsync();

        var lists = Value(await Source.ListAsync(credentials, Cancel));

        Assert.Equal(
            [("Contact", "Contacts", ContactListKind.Contacts, 5000), ("Lead", "Leads", ContactListKind.Leads, 240L)],
            lists.Select(l => (l.Key, l.Name, l.Kind, l.Count!.Value)));
        var leads = await ReadAsync(Source, credentials, new ContactSelection("Lead", Few));
        Assert.Equal(240, leads.Count);
    }

    [Fact]
    public async Task Only_texts_and_days_are_offered()
    {
        var fields = Value(await Source.FieldsAsync(await ConnectAsync(), "Contact", Cancel)).Select(f => f.Key).ToList();

        Assert.Superset(
            new HashSet<string>(["Email", "Phone", "FirstName", "MailingCity", "Birthdate", "LeadSource"]), fields.ToHashSet());
        Assert.Empty(
            fields.Intersect(["Id", "OwnerId", "HasOptedOutOfEmail", "Points__c", "PhotoUrl", "MailingStreet", "MailingAddress"]));
    }

    [Fact]
    public async Task Conditions_are_offered_for_what_can_be_compared()
    {
        var fields = Value(await Source.FilterFieldsAsync(await ConnectAsync(), "Contact", Cancel)).ToDictionary(f => f.Key, f => f.Kind);

        Assert.Equal(
            [ContactFilterKind.Text, ContactFilterKind.Number, ContactFilterKind.Day, ContactFilterKind.YesNo],
            [fields["LeadSource"], fields["Points__c"], fields["LastModifiedDate"], fields["HasOptedOutOfEmail"]]);
        Assert.Empty(fields.Keys.Intersect(["Id", "OwnerId", "PhotoUrl", "MailingStreet", "MailingAddress"]));
    }

    [Fact]
    public async Task From_ten_thousand_people_on_a_job_prepares_all_but_the_first_and_nobody_is_missing()
    {
        using var big = Big();
        var (credentials, selection) = (await ConnectAsync(), new ContactSelection("Contact", Few));
        Host.Forget();

        var first = Value(await Source.ReadAsync(credentials, selection, null, Cancel));
        Assert.DoesNotContain(Host.Calls, c => c.Method == "POST"); // whoever only looks begins no job
        var begun = Value(await Source.ReadAsync(credentials, selection, first.Next, Cancel));
        var looked = Value(await Source.ReadAsync(credentials, selection, begun.Next, Cancel));
        var rest = await ReadAsync(Source, credentials, selection, looked.Next);

        ContactPage[] waiting = [begun, looked];
        Assert.Equal((200, (long?)Many, TimeSpan.Zero), (first.People.Count, first.Total, first.Pause));
        Assert.All(waiting, p => Assert.Equal((0, (long?)Many), (p.People.Count, p.Total)));
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)], waiting.Select(p => p.Pause));
        var people = first.People.Concat(rest).ToList();
        Assert.Equal((Many, Many), (people.Count, people.Select(p => p.Id).Distinct().Count()));
        Assert.Contains(rest, p => p.IsOptedOut);
        Assert.Single(Host.Calls, c => c.Method == "POST");
        Assert.Equal(3, Host.Calls.Count(c => c.Path.EndsWith("/results", StringComparison.Ordinal)));
        Assert.Equal(OfSandbox(), people.Select(p => p.Values[0] ?? ""));
    }

    [Fact]
    public async Task Results_that_were_deleted_meanwhile_are_prepared_once_more_but_not_for_ever()
    {
        using var big = Big();
        var credentials = await ConnectAsync();
        var selection = new ContactSelection("Contact", Few);
        var cursor = (string?)null;
        for (var pages = 0; pages < 4; pages++) cursor = Value(await Source.ReadAsync(credentials, selection, cursor, Cancel)).Next;

        Assert.Equal(1, SalesforceCursor.Read(cursor)!.Jobs);
        Forget();
        Assert.Equal(Many - SalesforceDefaults.RowsBeforeJob, (await ReadAsync(Source, credentials, selection, cursor)).Count);

        Forget();
        var last = SalesforceCursor.Read(cursor)! with { Jobs = SalesforceDefaults.MaxJobs };
        Assert.Equal(PlatformFailureKind.Transient, Failed(await Source.ReadAsync(credentials, selection, last.Write(), Cancel)).Kind);

        void Forget() => Host.Get<SandboxState>().Change(data => data.SalesforceJobs.Clear());
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_asked_for_in_smaller_parts()
    {
        using var big = Big();
        var credentials = await ConnectAsync();
        var selection = await WholeAsync(Source, credentials, "Contact");
        var first = Value(await Source.ReadAsync(credentials, selection, null, Cancel));
        var begun = Value(await Source.ReadAsync(credentials, selection, first.Next, Cancel));
        var cursor = SalesforceCursor.Read(begun.Next)! with { Rows = Many };
        var looked = Value(await Source.ReadAsync(credentials, selection, cursor.Write(), Cancel));
        Host.Forget();

        var page = Value(await Source.ReadAsync(credentials, selection, looked.Next, Cancel));

        Assert.Equal(Many / 2, page.People.Count);
        Assert.Equal(["25000", "12500"], Host.Calls.Select(c => c.Query.GetValueOrDefault("maxRecords")).OfType<string>());
    }

    [Fact]
    public async Task A_query_that_the_organisation_has_forgotten_goes_on_behind_the_last_person()
    {
        var credentials = await ConnectAsync();
        var selection = new ContactSelection("Contact", Few);
        var first = Value(await Source.ReadAsync(credentials, selection, null, Cancel));
        var forgotten = SalesforceCursor.Read(first.Next)! with { More = "01gDEAD" };

        var rest = await ReadAsync(Source, credentials, selection, forgotten.Write());

        Assert.Equal(5000, first.People.Concat(rest).Select(p => p.Id).Distinct().Count());
        Assert.Equal(5000, first.People.Count + rest.Count);
    }

    [Fact]
    public async Task Who_wants_no_mail_is_marked_unless_the_person_who_connected_may_not_see_it()
    {
        var (seeing, blind) = (await ConnectAsync(), await ConnectAsync("Field hidden"));
        Assert.InRange((await ReadAsync(Source, seeing, new ContactSelection("Contact", Few))).Count(p => p.IsOptedOut), 50, 500);
        Host.Forget();

        var people = await ReadAsync(Source, blind, new ContactSelection("Contact", Few));

        Assert.Equal((40, 0), (people.Count, people.Count(p => p.IsOptedOut)));
        Assert.DoesNotContain(Host.Calls, c => c.Query.GetValueOrDefault("q", "").Contains("OptedOut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edition_without_an_interface_is_told_as_such()
    {
        var credentials = await ConnectAsync("Edition without API");

        Assert.Equal(PlatformFailureKind.PolicyBlocked, Failed(await Source.ListAsync(credentials, Cancel)).Kind);
        Assert.Equal(
            PlatformFailureKind.PolicyBlocked,
            Failed(await Source.ReadAsync(credentials, new ContactSelection("Contact", Few), null, Cancel)).Kind);
    }

    [Theory]
    [InlineData("LeadSource", SalesforceComparison.Is, "web", 1250)]
    [InlineData("LeadSource", SalesforceComparison.IsNot, "Web", 3750)]
    [InlineData("LeadSource", SalesforceComparison.Contains, "– halle", 1250)]
    [InlineData("LeadSource", SalesforceComparison.Contains, "%", 0)]
    [InlineData("Points__c", SalesforceComparison.LessThan, "1", 20)]
    [InlineData("Points__c", SalesforceComparison.MoreThan, "248.5", 20)]
    [InlineData("IsDeleted", SalesforceComparison.Is, "TRUE", 0)]
    [InlineData("MobilePhone", SalesforceComparison.Is, "", 5000)]
    [InlineData("LastModifiedDate", SalesforceComparison.LessThan, "2026-01-01", 0)]
    [InlineData("Birthdate", SalesforceComparison.MoreThan, "2006-01-01", 0)]
    [InlineData("Email", SalesforceComparison.Is, "' OR Name != '", 0)]
    public async Task People_are_chosen_by_conditions(string field, SalesforceComparison comparison, string value, int count)
    {
        var credentials = await ConnectAsync();
        var filter = new SalesforceFilter([new SalesforceCondition(field, comparison, value)]);

        var page = Value(await Source.ReadAsync(credentials, new ContactSelection("Contact", Few, filter.Write()), null, Cancel));

        Assert.Equal(count, page.Total);
        Assert.Equal(Math.Min(500, count), page.People.Count);
    }

    [Fact]
    public async Task Conditions_that_no_field_can_meet_are_refused_and_a_field_that_is_gone_is_named()
    {
        var credentials = await ConnectAsync();
        var refused = PlatformFailureKind.InvalidRequest;
        Assert.Equal(refused, Failed(await TryAsync(new("Birthdate", SalesforceComparison.Is, "yesterday"))).Kind);
        Assert.Equal(refused, Failed(await TryAsync(new("Birthdate", SalesforceComparison.Contains, "19"))).Kind);
        Assert.Equal(refused, Failed(await TryAsync(new("Points__c", SalesforceComparison.Is, "1 OR 1=1"))).Kind);
        Assert.Equal(refused, Failed(await TryAsync(new("HasOptedOutOfEmail", SalesforceComparison.LessThan, "true"))).Kind);
        Assert.Equal(refused, Failed(await TryAsync(new("Email", SalesforceComparison.MoreThan, ""))).Kind);

        var gone = await TryAsync(new("Favourite__c", SalesforceComparison.Is, "bread"));
        Assert.True(gone.Error is ContactFieldsGone { AreOfFilter: true, Names: ["Favourite__c"] });

        Task<Result<ContactPage>> TryAsync(SalesforceCondition condition) => Source.ReadAsync(
            credentials, new ContactSelection("Contact", Few, new SalesforceFilter([condition]).Write()), null, Cancel);
    }

    [Fact]
    public async Task A_field_that_people_were_chosen_by_is_named_by_its_name_once_it_is_gone()
    {
        var credentials = await ConnectAsync("Column removed");
        var field = Value(await Source.FilterFieldsAsync(credentials, "Contact", Cancel)).Single(f => f.Key == "LeadSource");
        var filter = new SalesforceFilter([SalesforceConditions.On(field) with { Value = "Web" }]).Write();
        Assert.Equal(10, Value(await ReadOneAsync()).Total);

        Host.Lists.Change("salesforce", "column-removed");
        var gone = await ReadOneAsync();
        Host.Lists.Change("salesforce", "column-removed");

        Assert.True(gone.Error is ContactFieldsGone { AreOfFilter: true, Names: ["Lead Source"] });

        Task<Result<ContactPage>> ReadOneAsync() =>
            Source.ReadAsync(credentials, new ContactSelection("Contact", Few, filter), null, Cancel);
    }

    private Task<PlatformCredentials> ConnectAsync(string name = "All well") =>
        Host.ConnectAsync(Host.Person(SalesforceDefaults.Key, name)!, Cancel);

    private IEnumerable<string> OfSandbox() =>
        Host.Lists.Find(Host.Person(SalesforceDefaults.Key, "All well")!, $"big-{Many}")!.From(0).Select(c => c.Email);

    /// <summary>Makes every account a big one until it is disposed.</summary>
    private BigAccounts Big() => new(Host.Get<IOptions<SandboxOptions>>().Value, Many);

    private sealed class BigAccounts : IDisposable
    {
        private readonly SandboxOptions _options;

        public BigAccounts(SandboxOptions options, int size) => (_options, options.Contacts) = (options, size);

        public void Dispose() => _options.Contacts = 0;
    }
}
