using Bunit;
using OnboardingPortal.App.Features.Campaigns;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Sandbox.Facebook.Campaigns;

namespace OnboardingPortal.Tests.Components.Campaigns;

/// <summary>The list of drafts and the page of one.</summary>
public sealed class CampaignPagesTests : CampaignPagesContext
{
    [Fact]
    public async Task The_list_shows_client_account_budget_and_state_and_main_users_the_rule_for_names()
    {
        await ADraftAsync();

        var page = RenderFor<CampaignsPage>(Owner);

        page.WaitForAssertion(() => Assert.Contains("Spring sale", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        foreach (var words in new[] { "hello@seas.example", "Seven Seas", "Traffic", "20.00 EUR a day", "Paused" })
            Assert.Contains(words, page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(CampaignNaming.UsualRule, page.Find("input[name=name-rule]").GetAttribute("value")));
        Assert.Empty(RenderFor<CampaignsPage>(Member).FindAll("input[name=name-rule]"));
    }

    [Fact]
    public async Task A_long_list_is_turned_page_by_page_and_searched_by_name_client_account_and_Page()
    {
        await AddAsync(await ADraftAsync(), 50);
        var page = RenderFor<CampaignsPage>(Member);
        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll("tbody tr").Count));
        Assert.Contains("1–50 of 51", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Spring sale", page.Find("tbody").TextContent, StringComparison.Ordinal);

        await Button(page, "Next page").ClickAsync(new());
        page.WaitForAssertion(
            () => Assert.Contains("Spring sale", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));

        Navigation.NavigateTo("/campaigns?search=WINTER coats 07");
        page.WaitForAssertion(
            () => Assert.Contains("Winter coats 07", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        Assert.Equal("WINTER coats 07", page.Find("input[type=search]").GetAttribute("value"));
        Navigation.NavigateTo("/campaigns?search=autumn");
        page.WaitForAssertion(() => Assert.Contains("Nothing found for “autumn”.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_drafts_the_list_says_what_campaigns_are_for()
    {
        await AGrantAsync();

        var page = RenderFor<CampaignsPage>(Member);

        page.WaitForAssertion(() => Assert.Contains("No campaigns yet", page.Markup, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("a[href='/campaigns/new']"));
    }

    [Fact]
    public async Task An_unknown_outcome_says_how_to_find_the_campaign_and_can_be_looked_for_now()
    {
        await AGrantAsync();
        Graph.Campaigns.LoseNext(1);
        var draft = await OrderAsync([]);
        var page = RenderFor<CampaignPage>(Owner, p => p.Add(c => c.Id, draft.Id.Value));
        page.WaitForAssertion(() => Assert.Contains($"find it in Ads Manager by {draft.Mark}", page.Markup, StringComparison.Ordinal));
        Assert.EndsWith(
            "/campaigns?act=1234940001", page.Find("a[target=_blank]").GetAttribute("href"), StringComparison.Ordinal);

        await Button(page, "Look now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("nothing is running", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_leads_to_Ads_Manager_and_tells_when_somebody_started_it()
    {
        var draft = await ADraftAsync();
        var page = RenderFor<CampaignPage>(Owner, p => p.Add(c => c.Id, draft.Id.Value));
        page.WaitForAssertion(() => Assert.Contains("nothing is running", page.Markup, StringComparison.Ordinal));
        Assert.Equal(
            $"https://adsmanager.facebook.com/adsmanager/manage/campaigns?act=1234940001&selected_campaign_ids={draft.CampaignId}",
            page.Find("a[target=_blank]").GetAttribute("href"));
        Assert.Contains("/r/draft/", page.Find("[data-copy]").GetAttribute("data-copy"), StringComparison.Ordinal);

        Graph.Campaigns.Change(draft.CampaignId!, c => c with { Status = FacebookCampaigns.Active });
        await Button(page, "Check now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Somebody started this campaign", page.Markup, StringComparison.Ordinal));
    }

    /// <summary>More drafts of the same pair, made later.</summary>
    private async Task AddAsync(CampaignDraft first, int count)
    {
        var (terms, facts) = (first.Terms, new CampaignFacts(first.Currency, null, first.TimeZone, Clock.Now));
        var pair = new CampaignPair(
            first.RequestId, first.FacebookUserId, first.Client, new CampaignAsset(terms.AdAccount, first.AdAccountName, first.AdAccount),
            new CampaignAsset(terms.Page, first.PageName, first.Page));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        foreach (var number in Enumerable.Range(0, count))
        {
            var draft = new CampaignDraft(CampaignDraftId.New(Clock), Owner, Portal.Get<CampaignLinks>().Make(), Clock.Now);
            draft.Order(pair, terms with { Name = $"Winter coats {number:00}" }, facts);
            db.CampaignDrafts.Add(draft);
        }

        await db.SaveChangesAsync(Cancel);
    }
}
