using OnboardingPortal.Core.Platforms.HubSpot;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>The sandbox's own page changes one contact in a hundred.</summary>
public sealed class ContactChangeTests(ContactHost host) : ContactTest(host)
{
    [Fact]
    public async Task A_press_changes_the_contacts_of_an_account_and_another_changes_them_back()
    {
        var person = Host.Person(HubSpotDefaults.Key, "All well")!;
        await Host.ConnectAsync(person, Cancel);
        var size = Host.Lists.Find(person, "all-customers")!.Count;

        await PressAsync("Change 1 % of the contacts");
        Assert.Equal(size + 24 - 15, Host.Lists.Find(person, "all-customers")!.Count);

        await PressAsync("Change the contacts back");
        Assert.Equal(size, Host.Lists.Find(person, "all-customers")!.Count);
    }

    private async Task PressAsync(string button)
    {
        using var http = new HttpClient { BaseAddress = Host.Get<PortalAddress>().Listening };
        var page = await http.GetStringAsync("sandbox", Cancel);
        Assert.Contains($"aria-label=\"{button}: All well at HubSpot\"", page, StringComparison.Ordinal);
        (await http.PostAsync("sandbox/accounts/hubspot/all-well/contacts", null, Cancel)).EnsureSuccessStatusCode();
    }
}
