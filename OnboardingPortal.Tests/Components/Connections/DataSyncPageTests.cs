using Bunit;
using OnboardingPortal.App.Features.Connections;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Connections;

public sealed class DataSyncPageTests : PortalContext
{
    [Fact]
    public async Task An_account_that_a_client_connected_is_listed_with_its_request()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");

        var page = RenderFor<DataSyncPage>(Member);

        var row = page.WaitForElement("tbody tr");
        Assert.All(
            ["Blue Bakery", "Mailchimp", "Connected", "No"], words => Assert.Contains(words, row.TextContent, StringComparison.Ordinal));
        Assert.Equal($"/collaboration/requests/{request.Id}", page.Find("tbody a").GetAttribute("href"));
        Assert.Equal("Open request: Blue Bakery", page.Find("tbody a").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Another_agency_sees_none_of_it_but_what_the_page_is_for()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue Bakery");

        var page = RenderFor<DataSyncPage>(Stranger);

        page.WaitForAssertion(() => Assert.Contains("No accounts yet", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Blue Bakery", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disconnecting_asks_first_and_says_how_it_went()
    {
        await AnOwnAccountAsync();
        var page = RenderFor<DataSyncPage>(Owner);
        page.WaitForElement("tbody tr");

        await AnswerAsync(() => PressInMenuAsync(page, "Actions for Own bakery", "Disconnect"), "Cancel");
        Assert.Single(page.FindAll("tbody tr"));

        await AnswerAsync(() => PressInMenuAsync(page, "Actions for Own bakery", "Disconnect"), "Disconnect");

        page.WaitForAssertion(() => Assert.Contains("No accounts yet", page.Markup, StringComparison.Ordinal));
        Assert.StartsWith("Own bakery is disconnected", Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_user_may_check_and_finds_no_way_to_connect_or_disconnect()
    {
        await AnOwnAccountAsync();
        var page = RenderFor<DataSyncPage>(Member);
        page.WaitForElement("tbody tr");

        var popups = Popups;
        await Button(page, "Actions for Own bakery").ClickAsync(new());

        popups.WaitForElement("[role=menuitem]");
        Assert.Equal(["Check again"], popups.FindAll("[role=menuitem]").Select(i => i.TextContent.Trim()));
        Assert.Empty(Buttons(page, "Add Mailchimp"));
        Assert.Contains("Yes", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_to_an_account_opens_below_its_button_and_closes_again()
    {
        var page = RenderFor<DataSyncPage>(Owner);
        page.WaitForElement("[aria-label='Add ActiveCampaign']");

        Button(page, "Add ActiveCampaign").Click();
        Assert.Contains("API URL", page.Markup, StringComparison.Ordinal);
        Assert.Equal("true", Button(page, "Add ActiveCampaign").GetAttribute("aria-expanded"));

        Button(page, "Add Salesforce").Click();
        Assert.Contains("Where do you sign in to Salesforce?", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("API URL", page.Markup, StringComparison.Ordinal);

        Button(page, "Cancel").Click();
        Assert.Empty(Buttons(page, "Proceed"));
    }

    private async Task AnOwnAccountAsync() => await Portal.Get<AgencyAccounts>().AttachAsync(
        Owner.Agency, Owner.Actor, Mailchimp,
        new PlatformSignIn(new PlatformAccount("m-1", "Own bakery", null), new PlatformCredentials("token", null, null, null)), Cancel);
}
