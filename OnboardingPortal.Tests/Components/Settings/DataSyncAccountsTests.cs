using Bunit;
using OnboardingPortal.App.Features.Settings;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Settings;

public sealed class DataSyncAccountsTests : PortalContext
{
    [Fact]
    public async Task An_account_that_a_client_connected_is_listed_with_its_request()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");

        var page = RenderFor<DataSyncAccounts>(Member);

        var row = page.WaitForElement("tbody tr");
        Assert.All(["Blue Bakery", "Mailchimp", "Connected", "No"], words => Assert.Contains(words, row.TextContent, StringComparison.Ordinal));
        Assert.Equal($"/collaboration/requests/{request.Id}", page.Find("tbody a").GetAttribute("href"));
        Assert.Equal("Open request: Blue Bakery", page.Find("tbody a").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Another_agency_sees_none_of_it_but_what_the_page_is_for()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");

        var page = RenderFor<DataSyncAccounts>(Stranger);

        page.WaitForElement(".empty");
        Assert.Contains("No accounts yet", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Blue Bakery", page.Markup, StringComparison.Ordinal);
    }
}
