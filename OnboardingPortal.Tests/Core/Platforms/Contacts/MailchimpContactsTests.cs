using System.Globalization;
using System.Text.Json;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>What only Mailchimp has.</summary>
public sealed class MailchimpContactsTests(ContactHost host) : ContactTest(host)
{
    private static readonly ContactField[] Few =
    [
        new("email_address", "Email Address"), new("merge_fields.FNAME", "First Name"),
        new("merge_fields.ADDRESS.zip", "Address: Postal/Zip"),
    ];

    private IContactSource Source => Host.Source(MailchimpDefaults.Key);

    [Fact]
    public async Task An_audience_is_followed_by_its_segments_and_tags()
    {
        var lists = Value(await Source.ListAsync(await ConnectAsync(), Cancel));

        Assert.Equal(
            [
                "Regular customers", "Newsletter", "Bought this year", "VIP", "All customers", "Bought this year", "VIP",
                "Diabetes newsletter",
            ],
            lists.Select(l => l.Name));
        var (audience, segment, tag) = (lists[1], lists[2], lists[3]);
        Assert.Equal((ContactListKind.List, null), (audience.Kind, audience.Parent));
        Assert.Equal((ContactListKind.Segment, "Newsletter"), (segment.Kind, segment.Parent));
        Assert.Equal((ContactListKind.Tag, "Newsletter", true), (tag.Kind, tag.Parent, tag.Count is > 8 and <= 12));
        Assert.Equal($"segment:{audience.Key["list:".Length..]}/101", segment.Key);
    }

    [Fact]
    public async Task People_of_a_segment_and_of_a_tag_are_read_with_those_who_unsubscribed()
    {
        var credentials = await ConnectAsync();
        var lists = Value(await Source.ListAsync(credentials, Cancel));

        var tag = await ReadAsync(Source, credentials, new ContactSelection(lists[3].Key, Few));
        var segment = await ReadAsync(Source, credentials, new ContactSelection(lists[5].Key, Few));

        Assert.InRange(tag.Count, 9, 12);
        Assert.Contains(tag, p => p.IsOptedOut);
        Assert.InRange(segment.Count, 480, 500);
        Assert.Equal(segment.Count, segment.Select(p => p.Id).Distinct().Count());
    }

    [Fact]
    public async Task Only_what_is_documented_is_asked_for_and_of_people_only_the_fields_that_are_read()
    {
        var credentials = await ConnectAsync();
        Host.Forget();
        var lists = Value(await Source.ListAsync(credentials, Cancel));
        await ReadAsync(Source, credentials, new ContactSelection(lists[4].Key, Few));
        await ReadAsync(Source, credentials, new ContactSelection(lists[2].Key, Few));

        foreach (var call in Host.Calls)
        {
            Assert.Equal("GET", call.Method);
            string[] documented = call.Path.EndsWith("/members", StringComparison.Ordinal)
                ? call.Path.Contains("/segments/", StringComparison.Ordinal)
                    ? ["count", "offset", "fields", "include_unsubscribed"]
                    : ["count", "offset", "fields", "status", "sort_field", "sort_dir"]
                : ["count", "offset", "fields"];
            Assert.Empty(call.Query.Keys.Except(documented));
            Assert.InRange(int.Parse(call.Query.GetValueOrDefault("count", "1"), CultureInfo.InvariantCulture), 1, 1000);
        }

        Assert.All(
            Host.Calls.Where(c => c.Path.EndsWith("/members", StringComparison.Ordinal)),
            c => Assert.Equal(
                "members.id,members.unique_email_id,members.status,total_items,members.email_address,members.merge_fields.FNAME,"
                + "members.merge_fields.ADDRESS", c.Query["fields"]));
        Assert.Equal(
            ["subscribed", "unsubscribed"], Host.Calls.Select(c => c.Query.GetValueOrDefault("status")).OfType<string>().Distinct());
    }

    [Fact]
    public async Task Nobody_is_missed_when_more_leave_meanwhile_than_pages_overlap()
    {
        var credentials = await ConnectAsync();
        var selection = new ContactSelection($"list:{30_000 + 9_000_000_000:x10}", Few[..1]);
        var before = await ReadAsync(Source, credentials, selection);

        var meanwhile = await ReadAsync(Source, credentials, selection, afterPage: page =>
        {
            if (page == 25) Host.Lists.Change("mailchimp", "all-well"); // 75 of those who were read leave
            return Task.CompletedTask;
        });
        var after = await ReadAsync(Source, credentials, selection);
        Host.Lists.Change("mailchimp", "all-well");

        var stayed = before.Where(p => !p.IsOptedOut).Select(p => p.Id).Intersect(after.Select(p => p.Id)).ToList();
        Assert.Empty(stayed.Except(meanwhile.Select(p => p.Id)));
    }

    [Fact]
    public void A_place_survives_as_text()
    {
        var place = new MailchimpPlace(MailchimpPlace.Unsubscribed, 4000, 120_000, 2, ["00ab", "00ac"]);

        Assert.Equal(place.ToString(), MailchimpPlace.Read(place.ToString())!.ToString());
        Assert.Equal((3975, 3000), (place.From, place.FurtherBack));
        Assert.Null(MailchimpPlace.Read("cleaned:0:0:0:"));
        Assert.Null(MailchimpPlace.Read("subscribed:-1:0:0:"));
    }

    private Task<PlatformCredentials> ConnectAsync() => Host.ConnectAsync(Host.Person(MailchimpDefaults.Key, "All well")!, Cancel);
}

/// <summary>What the stand-in does not do.</summary>
public sealed class MailchimpContactsAtTheWireTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string Api = "https://us21.api.mailchimp.com/3.0/lists/ab12";
    private static readonly PlatformCredentials Credentials = new("token", null, null, new Uri("https://us21.api.mailchimp.com/"));
    private static readonly ContactSelection Selection = new("list:ab12", [new("merge_fields.NOTE", "Note")]);

    private IContactSource Source => Portal.Get<ContactSources>().Find(MailchimpDefaults.Key)!;

    [Fact]
    public async Task A_page_that_is_too_long_is_asked_for_in_parts()
    {
        Http.On(HttpMethod.Get, $"{Api}/merge-fields", """{"merge_fields":[{"tag":"NOTE","name":"Note","type":"text"}],"total_items":1}""");
        Http.On(HttpMethod.Get, $"{Api}/members", call => new StubAnswer(Members(call, perPerson: 6000)));

        var (ids, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = Value(await Source.ReadAsync(Credentials, Selection, cursor, Cancel));
            ids.AddRange(page.People.Select(p => p.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(1200, ids.Distinct().Count());
        Assert.Equal(1200, ids.Count);
        Assert.Contains(Http.CallsOf($"{Api}/members"), c => c.Query["count"] == "250");
    }

    [Fact]
    public async Task A_platform_that_tells_the_same_page_for_ever_is_left_in_the_end()
    {
        Http.On(HttpMethod.Get, $"{Api}/merge-fields", """{"merge_fields":[{"tag":"NOTE","name":"Note","type":"text"}],"total_items":1}""");
        Http.On(HttpMethod.Get, $"{Api}/members", call => new StubAnswer(Members(call, perPerson: 1, ignoresOffset: true)));

        string? cursor = null;
        do cursor = Value(await Source.ReadAsync(Credentials, Selection, cursor, Cancel)).Next;
        while (cursor is not null);

        Assert.InRange(Http.CallsOf($"{Api}/members").Count, 2, 100);
    }

    private static string Members(StubCall call, int perPerson, bool ignoresOffset = false)
    {
        var isFirst = call.Query["status"] == "subscribed";
        var (offset, count) = (NumberOf("offset"), NumberOf("count"));
        var total = isFirst ? 1200 : 0;
        var rows = Enumerable.Range(ignoresOffset ? 0 : offset, count).Where(n => n < total);
        return JsonSerializer.Serialize(new
        {
            members = rows.Select(n => new
            {
                unique_email_id = $"{n:x10}",
                status = "subscribed",
                merge_fields = new { NOTE = new string('x', perPerson) },
            }),
            total_items = total,
        });

        int NumberOf(string name) => int.Parse(call.Query[name], CultureInfo.InvariantCulture);
    }
}
