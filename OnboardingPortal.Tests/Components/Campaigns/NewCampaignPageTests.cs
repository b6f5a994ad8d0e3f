using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using OnboardingPortal.App.Features.Campaigns;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

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
