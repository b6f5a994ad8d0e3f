using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Google;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>What only lead forms have.</summary>
public sealed class GoogleAdsLeadFormsTests(ContactHost host) : ContactTest(host)
{
    private IContactSource Source => Host.Source(GoogleDefaults.AdsKey);

    [Fact]
    public async Task All_lead_forms_of_an_account_are_a_list_and_each_form_is_one_but_customer_lists_are_none()
    {
        var lists = Value(await Source.ListAsync(await ConnectAsync(), Cancel));

        Assert.Equal(
            [
                ("1234567801", "Blue Bakery", 5302L, null), ("1234567801/800", "Regular customers", 12, "Blue Bakery"),
                ("1234567801/801", "Newsletter", 250, "Blue Bakery"), ("1234567801/802", "All customers", 5000, "Blue Bakery"),
                ("1234567801/803", "Diabetes newsletter", 40, "Blue Bakery"),
            ],
            lists.Select(l => (l.Key, l.Name, l.Count!.Value, l.Parent)));
        Assert.All(lists, l => Assert.Equal(ContactListKind.LeadForm, l.Kind));
        Assert.DoesNotContain(Host.Calls, c => c.Path.Contains("userList", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_account_without_lead_forms_has_no_lists()
    {
        var credentials = await ConnectAsync("No lead forms");

        Assert.Empty(Value(await Source.ListAsync(credentials, Cancel)));
        Assert.Equal(
            PlatformFailureKind.NotFound,
            Failed(await Source.ReadAsync(credentials, new ContactSelection("1234567801", [new("EMAIL", "Email")]), null, Cancel)).Kind);
    }

    [Fact]
    public async Task Everybody_is_read_of_one_form_or_of_all_with_the_whole_name_taken_apart()
    {
        var credentials = await ConnectAsync();
        var one = await WholeAsync(Source, credentials, "1234567801/801");
        var contacts = Host.Lists.Find(Host.Person(GoogleDefaults.AdsKey, "All well")!, "newsletter")!.From(0).ToList();

        var people = await ReadAsync(Source, credentials, one);

        Assert.Equal(contacts.Select(c => c.Email), people.Select(p => p.Values[0] ?? ""));
        Assert.Equal(
            contacts.Select(c => $"{c.FirstName} {c.LastName}".Trim().Replace("  ", " ", StringComparison.Ordinal)),
            people.Select(p => $"{p.Values[4]} {p.Values[5]}".Trim()));
        Assert.True(people.Count(p => p.Values[5] is { Length: > 0 }) > 200);
        Assert.Equal(5302, (await ReadAsync(Source, credentials, one with { List = "1234567801" })).Select(p => p.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_place_that_Google_has_forgotten_begins_anew()
    {
        var credentials = await ConnectAsync();
        var selection = await WholeAsync(Source, credentials, "1234567801/802");

        Assert.Equal(5000, (await ReadAsync(Source, credentials, selection, "forgotten")).Count);
        Assert.Equal(5000, Value(await Source.ReadAsync(credentials, selection, null, Cancel)).Total);
    }

    [Fact]
    public async Task A_form_that_is_not_there_is_not_found()
    {
        var credentials = await ConnectAsync();
        string[] keys = ["1234567801/999", "1234567899", "1234567899/800", "9876543201"]; // the last is a manager's account

        foreach (var key in keys)
            Assert.Equal(PlatformFailureKind.NotFound, Failed(await Source.FieldsAsync(credentials, key, Cancel)).Kind);
    }

    private Task<PlatformCredentials> ConnectAsync(string name = "All well") =>
        Host.ConnectAsync(Host.Person(GoogleDefaults.AdsKey, name)!, Cancel);
}
