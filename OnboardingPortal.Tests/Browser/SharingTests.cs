using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Every way in which ad accounts and Pages come to the agency.</summary>
[Collection(Platforms)]
public sealed class SharingTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Words English = new("en");

    [Fact]
    public async Task Where_this_app_may_not_share_a_Page_the_client_accepts_the_agencys_request()
    {
        var (client, _) = await ArriveAsync("Must be requested");
        await client.ConnectAssetsAsync("Paper Crane Workshops");
        await Expect(client.Page.GetByRole(AriaRole.Heading, new() { Name = "Accept the agency's request at Facebook" }))
            .ToBeVisibleAsync();
        await Expect(client.Page.GetByText("Enter the Business ID")).ToHaveCountAsync(0);

        var facebook = await client.Page.Context.NewPageAsync();
        await facebook.GotoAsync("/sandbox/facebook/business-settings?person=must-be-requested");
        await facebook.GetByRole(AriaRole.Button, new() { Name = "Accept Paper Crane Workshops for Brightside Agency" }).ClickAsync();
        await Expect(facebook).ToHaveURLAsync(new Regex("saved=1"));
        await facebook.CloseAsync();
        await client.Button("Check now").ClickAsync();

        await SharedAsync(client, 1);
    }

    [Fact]
    public async Task A_Page_of_the_new_experience_is_shared()
    {
        var (client, _) = await ArriveAsync("Page of the new experience");

        await Group(client, "Pages").GetByRole(AriaRole.Checkbox).CheckAsync();
        await client.Button("Connect Assets").ClickAsync();

        await SharedAsync(client, 1);
    }

    [Fact]
    public async Task What_another_business_owns_is_explained_and_a_Page_of_no_business_is_shared()
    {
        var (client, _) = await ArriveAsync("Owned by another business");
        await Expect(Group(client, "Ad accounts").GetByRole(AriaRole.Checkbox, new() { Name = "Old Mill Garden Show" }))
            .ToBeDisabledAsync();
        await Expect(Group(client, "Pages").GetByRole(AriaRole.Checkbox, new() { Name = "Old Mill Garden Show" })).ToBeDisabledAsync();
        await Expect(client.Page.GetByText("Belongs to Old Mill Media AG. Only its owner can share it.")).ToHaveCountAsync(2);
        await Expect(client.Page.GetByText("Belongs to no Business Manager. You share it yourself.")).ToBeVisibleAsync();

        await client.ConnectAssetsAsync("Gnome Lovers");

        await SharedAsync(client, 1);
    }

    [Fact]
    public async Task Assets_of_two_Business_Managers_are_shared_one_after_the_other_and_both_stay()
    {
        var (client, _) = await ArriveAsync("Two Business Managers");
        await ChooseAsync(client, "Green Garage GmbH");
        await Expect(client.Page.GetByText("Belongs to Green Garage Rental GmbH. Choose that Business Manager above").First)
            .ToBeVisibleAsync();
        await client.ConnectAssetsAsync("Green Garage – Tyres");
        await SharedAsync(client, 1);

        await client.Button("Choose more to share").ClickAsync();
        await ChooseAsync(client, "Green Garage Rental GmbH");
        await client.ConnectAssetsAsync("Green Garage Vans");

        await SharedAsync(client, 2);
    }

    [Fact]
    public async Task What_is_shared_but_cannot_be_assigned_is_done_for_the_client_and_told_to_the_agency()
    {
        var (client, request) = await ArriveAsync("Not assignable");
        await client.ConnectAssetsAsync("Silent Piano");
        await SharedAsync(client, 1);
        await Expect(client.Page.GetByText("not assigned")).ToHaveCountAsync(0);

        var agency = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await agency.SignInAsync();
        await agency.Page.GotoAsync($"/collaboration/requests/{request}");
        // tried every 5 s
        await Expect(agency.Page.GetByText("Shared, but your Facebook user is not assigned yet."))
            .ToBeVisibleAsync(new() { Timeout = 20_000 });

        await agency.Page.GotoAsync("/settings/facebook");
        await Expect(agency.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Silent Piano" }).GetByText("not assigned yet").First)
            .ToBeVisibleAsync();
        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Check again: Agency admin" }).ClickAsync();
        await Expect(agency.Page.GetByText("Facebook accepts Agency admin")).ToBeVisibleAsync();
    }

    private static ILocator Group(Client client, string name) => client.Page.GetByRole(AriaRole.Group, new() { Name = name });

    private static Task SharedAsync(Client client, int assets) =>
        Expect(client.Page.GetByText("shared", new() { Exact = true })).ToHaveCountAsync(assets);

    private static async Task ChooseAsync(Client client, string business)
    {
        await client.Page.GetByRole(AriaRole.Combobox, new() { Name = "Business Manager" }).ClickAsync();
        await client.Page.GetByRole(AriaRole.Option, new() { Name = business, Exact = true }).First.ClickAsync();
    }

    private async Task<(Client Client, RequestId Request)> ArriveAsync(string person)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (request, link) = await node.ARequestAsync(Cancel, FacebookDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
        await client.SignInToFacebookAsync(person);
        return (client, request);
    }
}
