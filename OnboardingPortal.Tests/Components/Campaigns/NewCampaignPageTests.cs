using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Campaigns;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Sandbox.Facebook.Campaigns;
using OnboardingPortal.Tests.Core.Campaigns;

namespace OnboardingPortal.Tests.Components.Campaigns;

/// <summary>The one screen on which a campaign is drafted.</summary>
public sealed class NewCampaignPageTests : CampaignPagesContext
{
    [Fact]
    public void Without_a_pair_that_a_client_granted_the_page_says_what_is_needed()
    {
        var page = RenderFor<NewCampaignPage>(Owner);

        page.WaitForAssertion(() => Assert.Contains("a Page that the same client granted", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task The_only_pair_is_chosen_with_its_facts_and_a_name_by_the_rule()
    {
        await AGrantAsync();

        var page = RenderFor<NewCampaignPage>(Owner);

        page.WaitForAssertion(() => Assert.Contains(
            "EUR · time zone Europe/Berlin · at least 0.92 EUR a day", page.Markup, StringComparison.Ordinal));
        Assert.StartsWith("hello@seas.example | Traffic | 20", Field(page, "Name").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll("input[type=radio][disabled]").Count); // leads, sales, app
        Assert.Contains("Needs a pixel and an event", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_made_and_shown()
    {
        await AGrantAsync();
        var page = await FilledAsync();

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("/campaigns/", Navigation.Uri, StringComparison.Ordinal));
        var draft = Assert.Single(await Campaigns.ListAsync(Owner, Cancel));
        Assert.Equal((CampaignState.Paused, 20m), (draft.State, draft.Terms.Budget));
    }

    [Fact]
    public async Task What_the_rules_and_Facebook_refuse_stands_at_its_field_and_is_corrected_there()
    {
        await AGrantAsync("act_1234940009"); // budget changed too often
        var page = await FilledAsync();
        await Field(page, "Budget").ChangeAsync("0.5");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains(
            "The least that Facebook takes here is 0.92 EUR.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("true", Field(page, "Budget").GetAttribute("aria-invalid"));
        Assert.Empty(await Campaigns.ListAsync(Owner, Cancel));

        await Field(page, "Budget").ChangeAsync("20");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("true", Field(page, "Budget").GetAttribute("aria-invalid")));
        Assert.Contains("Facebook says: You can change this budget only 4 times per hour.", page.Markup, StringComparison.Ordinal);
        var refused = Assert.Single(await Campaigns.ListAsync(Owner, Cancel));
        Assert.Equal((CampaignState.Refused, CampaignProblem.BudgetChangedTooOften), (refused.State, refused.Problem));
        await page.Find("form").SubmitAsync(); // the same draft, not a second one
        Assert.Single(await Campaigns.ListAsync(Owner, Cancel));
    }

    /// <summary>Those of the reference, and where the form shows each.</summary>
    private static readonly (int Subcode, CampaignProblem Problem, string Place)[] Named =
    [
        (1885621, CampaignProblem.BudgetOnBothLevels, "Budget"),
        (1885272, CampaignProblem.BudgetTooLow, "Budget"),
        (1885650, CampaignProblem.BudgetTooLow, "Budget"),
        (2446307, CampaignProblem.SpendCapTooLow, "Budget"),
        (2909034, CampaignProblem.CategoriesWrong, "#categories-note"),
        (2708008, CampaignProblem.PoliticsNotAuthorised, "#categories-note"),
        (1870227, CampaignProblem.WideningMissing, "#widens-note"),
        (1870189, CampaignProblem.AgeAgainstWidening, "#widens-note"),
        (3858152, CampaignProblem.DsaNamesMissing, "Beneficiary"),
        (1885204, CampaignProblem.SomethingMissing, "End"),
        (2446509, CampaignProblem.DestinationWrong, "#objective-note"),
        (1487033, CampaignProblem.EndInPast, "End"),
        (2909035, CampaignProblem.NarrowedUnderCategory, "#audiences-note"),
        (2859024, CampaignProblem.PolicyNotAccepted, "AdAccount"),
        (2490487, CampaignProblem.BidStrategyMissing, "Budget"),
        (2446383, CampaignProblem.WebsiteMissing, "#objective-note"),
        (1885183, CampaignProblem.AppInDevelopment, "AdAccount"),
        (1885029, CampaignProblem.PageDiffers, "Page"),
        (1815694, CampaignProblem.NoRight, "AdAccount"),
        (1487301, CampaignProblem.AudienceWrong, "#audiences-note"),
        (1487366, CampaignProblem.AudienceWrong, "#audiences-note"),
    ];

    [Fact]
    public async Task Each_named_refusal_of_Facebook_stands_at_its_field_in_words_of_both_languages()
    {
        await AGrantAsync();
        var page = await FilledAsync();
        var text = Portal.Get<IStringLocalizer<PortalError>>();
        Assert.Equal(CampaignTrouble.All.Select(t => t.Subcode).Order(), Named.Select(n => n.Subcode).Order());
        foreach (var trouble in CampaignTrouble.All)
        {
            var (_, problem, place) = Named.Single(n => n.Subcode == trouble.Subcode);
            var key = new CampaignRefused(problem, null).TextKey;
            var words = text[key].Value;
            Graph.Campaigns.RefuseNext(trouble.Subcode);

            await page.Find("form").SubmitAsync();

            page.WaitForAssertion(() => Assert.Contains($"Facebook says: {trouble.Message}", page.Markup, StringComparison.Ordinal));
            var at = place[0] == '#' ? place : $".mud-input-control:has([name={place}])";
            page.WaitForAssertion(() => Assert.Contains(words, page.Find(at).TextContent, StringComparison.Ordinal));
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
            Assert.False(text[key].ResourceNotFound);
            Assert.NotEqual(words, text[key].Value);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        }

        Assert.Equal(CampaignState.Refused, Assert.Single(await Campaigns.ListAsync(Owner, Cancel)).State); // one draft all along
        Assert.Empty(Graph.Campaigns.List());
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("/campaigns/", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audiences_of_the_clients_syncs_are_offered_and_stand_in_what_the_agency_and_the_client_see()
    {
        await AGrantAsync();
        const string choice = "fieldset[aria-describedby=audiences-note]";
        var request = (await Campaigns.ListClientsAsync(Owner, Cancel))[0].Request;
        var token = Graph.TokenOfTheAgency();
        var readers = await Portal.ASyncAsync(Owner, token, request, "act_1234940001", "Readers");
        await Portal.ASyncAsync(Owner, token, request, "act_1234940001", "Not made", isMade: false);
        var page = await FilledAsync();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll($"{choice} input[type=checkbox]").Count));
        var words = page.Find(choice).TextContent;
        Assert.Contains("From List of Readers · Facebook is still filling or counting it", words, StringComparison.Ordinal);
        Assert.Contains("The first run of the data sync makes it", words, StringComparison.Ordinal);
        Assert.Single(page.FindAll($"{choice} input[type=checkbox][disabled]"));

        await page.Find($"{choice} input[type=checkbox]:not([disabled])").ChangeAsync(true);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("/campaigns/", Navigation.Uri, StringComparison.Ordinal));
        var draft = Assert.Single(await Campaigns.ListAsync(Owner, Cancel));
        Assert.Equal([readers!], draft.Terms.Audiences);
        var shown = RenderFor<CampaignPage>(Owner, p => p.Add(c => c.Id, draft.Id.Value));
        shown.WaitForAssertion(() => Assert.Contains("Only Readers", shown.Markup, StringComparison.Ordinal));
        var client = RenderFor<CampaignSummary>(Owner, p => p.Add(s => s.Draft, draft).Add(s => s.ForClient, true));
        Assert.Contains("Only Readers", client.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_somebody_typed_stay_when_another_Page_is_chosen()
    {
        await AGrantAsync();
        var page = await FilledAsync();
        await ChooseCountryAsync(page, "DE");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("input[name=Payor]")));
        await Field(page, "Payor").ChangeAsync("The captain");

        var choice = page.FindComponents<MudSelect<AssetId?>>().Single().Instance;
        var granted = (await Campaigns.ListClientsAsync(Owner, Cancel))[0].Pages[0].Id;
        await page.InvokeAsync(() => choice.ValueChanged.InvokeAsync(granted));

        page.WaitForAssertion(() => Assert.Equal("Seven Seas Trading AG", Field(page, "Beneficiary").GetAttribute("value")));
        Assert.Equal("The captain", Field(page, "Payor").GetAttribute("value"));
    }

    [Fact]
    public async Task Countries_of_the_Union_ask_for_two_names_and_propose_them()
    {
        await AGrantAsync();
        var page = await FilledAsync();
        Assert.Empty(page.FindAll("input[name=Beneficiary]"));

        await ChooseCountryAsync(page, "DE");

        page.WaitForAssertion(() => Assert.Equal("Seven Seas Trading AG", Field(page, "Beneficiary").GetAttribute("value")));
        Assert.Equal("Seven Seas Trading AG", Field(page, "Payor").GetAttribute("value"));
    }

    [Fact]
    public async Task In_German_the_page_speaks_German()
    {
        await AGrantAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");

        var page = RenderFor<NewCampaignPage>(Owner);

        page.WaitForAssertion(() => Assert.Contains(
            "EUR · Zeitzone Europe/Berlin · mindestens 0,92 EUR am Tag", page.Markup, StringComparison.Ordinal));
        foreach (var words in new[] { "Neue Kampagne", "Werbekonto", "Kampagnenziel", "Zugriffe", "Entwurf anlegen", "nichts ausgegeben" })
            Assert.Contains(words, page.Markup, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<NewCampaignPage>> FilledAsync()
    {
        var page = RenderFor<NewCampaignPage>(Owner);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("input[name=Budget]")));
        await Field(page, "Budget").ChangeAsync("20");
        await ChooseCountryAsync(page, "US");
        return page;
    }

    /// <summary>A country, as when it was found by typing, which waits for the clock and is seen in the browser's test.</summary>
    private static Task ChooseCountryAsync(IRenderedComponent<NewCampaignPage> page, string code)
    {
        var choice = page.FindComponents<CountryChoice>().Single(c => c.Instance.NoteId == "countries-note").Instance;
        return page.InvokeAsync(() => choice.OnChange.InvokeAsync([.. choice.Chosen, code]));
    }

    private static IElement Field(IRenderedComponent<NewCampaignPage> page, string name) => page.Find($"input[name={name}]");
}
