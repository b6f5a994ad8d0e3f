using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>Drafts of campaigns on clients' ad accounts.</summary>
public abstract class CampaignDraftTests(DatabaseProvider database) : CampaignTest(database)
{
    [Fact]
    public async Task A_draft_stands_at_Facebook_paused_with_its_ad_set_and_is_noted()
    {
        var request = await AGrantAsync();

        var draft = await ADraftAsync();

        Assert.Equal(CampaignState.Paused, draft.State);
        Assert.Equal((request, "campaigns@clients.example", "Seven Seas"), (draft.RequestId, draft.Client, draft.AdAccountName));
        Assert.Equal(Clock.Now, draft.CheckedAt);
        var there = Assert.Single(Graph.Campaigns.List());
        Assert.Equal((draft.CampaignId, "PAUSED", (long?)20_000), (there.Id, there.Status, there.DailyBudget));
        Assert.Equal($"Spring sale {draft.Mark}", there.Name);
        var adSet = Assert.Single(Graph.Campaigns.AdSetsOf(there.Id));
        Assert.Equal((draft.AdSetId, "PAUSED"), (adSet.Id, adSet.Status));
        Assert.Contains("\"advantage_audience\":0", adSet.Targeting, StringComparison.Ordinal);
        Assert.Equal(draft.FullName, Assert.Single((await DetailsOf(request)).Events, e => e.Kind == AuditKind.CampaignDrafted).Detail);
    }

    [Fact]
    public async Task Only_an_ad_account_and_a_Page_of_one_client_go_together()
    {
        await AGrantAsync();
        await AGrantAsync("page-of-the-new-experience");
        var bread = (await Campaigns.ListClientsAsync(Owner, Cancel)).Single(c => c.Name.StartsWith("page-of", StringComparison.Ordinal));
        var terms = await TermsAsync() with { Page = bread.Pages[0].Id };

        Assert.IsType<CampaignPairRefused>((await Campaigns.ProposeAsync(Owner, terms.AdAccount, terms.Page, Cancel)).Error);
        Assert.IsType<CampaignPairRefused>((await Campaigns.CreateAsync(Owner, terms, null, Cancel)).Error);
        Assert.IsType<CampaignPairRefused>((await Campaigns.CreateAsync(Owner, terms with { Page = terms.AdAccount }, null, Cancel)).Error);

        Assert.Empty(Graph.Campaigns.List());
        Assert.Equal(2, (await Campaigns.ListClientsAsync(Owner, Cancel)).Count);
    }

    [Fact]
    public async Task What_no_longer_works_is_not_offered_and_not_accepted()
    {
        await AGrantAsync();
        var terms = await TermsAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            (await db.Assets.SingleAsync(a => a.Id == terms.AdAccount, Cancel)).Become(AssetState.Lost, Clock.Now);
            await db.SaveChangesAsync(Cancel);
        }

        Assert.IsType<CampaignPairRefused>((await Campaigns.CreateAsync(Owner, terms, null, Cancel)).Error);
        Assert.DoesNotContain(
            (await Campaigns.ListClientsAsync(Owner, Cancel)).Single().AdAccounts, a => a.ExternalId == Seas);
    }

    [Fact]
    public async Task A_Page_that_Facebook_does_not_let_the_account_promote_is_refused()
    {
        await AGrantAsync();

        var made = await Campaigns.CreateAsync(Owner, await TermsAsync(page: PageWithoutAds), null, Cancel);

        Assert.IsType<CampaignPageNotPromoted>(made.Error);
    }

    [Fact]
    public async Task The_form_learns_currency_minimum_zone_and_the_names_for_Europe()
    {
        await AGrantAsync();
        var page = await AssetAsync(SeasPage);

        var seas = Value(await Campaigns.ProposeAsync(Owner, await AssetAsync(Seas), page, Cancel));
        var japan = Value(await Campaigns.ProposeAsync(Owner, await AssetAsync(Japan), page, Cancel));

        Assert.Equal(("EUR", (decimal?)0.92m, "Europe/Berlin"), (seas.Facts.Currency, seas.Facts.MinimumDaily, seas.Facts.TimeZone));
        Assert.Equal(("Seven Seas Trading AG", "Seven Seas Trading AG"), (seas.Beneficiary!, seas.Payor!));
        Assert.Equal(("JPY", (decimal?)150m, "Asia/Tokyo"), (japan.Facts.Currency, japan.Facts.MinimumDaily, japan.Facts.TimeZone));
        Assert.Equal("Seven Seas Trading AG", japan.Beneficiary); // proposed by Facebook, the account names nobody
        Graph.Loses = call => call.RequestUri!.AbsolutePath.EndsWith("/dsa_recommendations", StringComparison.Ordinal)
            ? GraphLoss.Before
            : GraphLoss.None;
        japan = Value(await Campaigns.ProposeAsync(Owner, await AssetAsync(Japan), page, Cancel));
        Assert.Equal("Seven Seas Trading AG", japan.Payor); // the business that the account belongs to
        Assert.Equal(new DateOnly(2026, 11, 22), (japan.Facts with { Now = new(2026, 11, 21, 16, 0, 0, TimeSpan.Zero) }).Today);
    }

    [Fact]
    public async Task Money_is_counted_as_the_currency_is()
    {
        await AGrantAsync();
        var terms = await TermsAsync(Japan) with { Budget = 1500 };

        await ADraftAsync(terms);

        Assert.Equal(1500, Assert.Single(Graph.Campaigns.List()).DailyBudget);
        Assert.Contains("Budget", Fields(await Campaigns.CreateAsync(Owner, terms with { Budget = 1500.5m }, null, Cancel)));
        Assert.Contains("Budget", Fields(await Campaigns.CreateAsync(Owner, terms with { Budget = 149 }, null, Cancel)));
    }

    [Fact]
    public async Task For_Switzerland_the_least_budget_is_twice_as_high()
    {
        await AGrantAsync();
        var terms = await TermsAsync(Switzerland) with { Countries = ["CH"] };

        Assert.Contains("Budget", Fields(await Campaigns.CreateAsync(Owner, terms with { Budget = 1.79m }, null, Cancel)));
        Assert.Equal(CampaignState.Paused, (await ADraftAsync(terms with { Budget = 1.80m })).State);
    }

    [Fact]
    public async Task Times_are_those_of_the_accounts_zone()
    {
        await AGrantAsync();
        var terms = await TermsAsync(Japan) with
        {
            BudgetKind = CampaignBudget.Lifetime,
            Budget = 20_000,
            Start = new DateTime(2026, 12, 1, 9, 0, 0),
            End = new DateTime(2026, 12, 8, 9, 0, 0),
        };

        var draft = await ADraftAsync(terms);

        var adSet = Assert.Single(Graph.Campaigns.AdSetsOf(draft.CampaignId!));
        Assert.Equal(new DateTimeOffset(2026, 12, 8, 0, 0, 0, TimeSpan.Zero), adSet.EndTime);
        Assert.Contains("End", Fields(await Campaigns.CreateAsync(Owner, terms with { End = null }, null, Cancel)));
        Assert.Contains("Start", Fields(await Campaigns.CreateAsync(
            Owner, terms with { Start = new DateTime(2026, 11, 21, 17, 0, 0) }, null, Cancel))); // it is 18:00 in Tokyo
    }

    [Fact]
    public async Task In_the_Union_names_are_needed_and_politics_is_refused()
    {
        await AGrantAsync();
        var terms = await TermsAsync() with { Countries = ["DE", "US"] };

        Assert.Equal(["Beneficiary", "Payor"], Fields(await Campaigns.CreateAsync(Owner, terms, null, Cancel)).Order());
        Assert.Contains("Categories", Fields(await Campaigns.CreateAsync(
            Owner, terms with { Categories = [SpecialAdCategory.IssuesElectionsPolitics], CategoryCountries = ["DE"] }, null, Cancel)));
        Assert.Contains("CategoryCountries", Fields(await Campaigns.CreateAsync(
            Owner, terms with { Categories = [SpecialAdCategory.Employment] }, null, Cancel)));

        var draft = await ADraftAsync(terms with
        {
            Beneficiary = "Blue Bakery",
            Payor = "Blue Bakery",
            Categories = [SpecialAdCategory.FinancialProductsServices],
            CategoryCountries = ["DE"],
        });
        Assert.Equal(["FINANCIAL_PRODUCTS_SERVICES"], Graph.Campaigns.Find(draft.CampaignId!)!.Categories);
    }

    [Theory]
    [InlineData(CampaignObjective.Awareness, "OUTCOME_AWARENESS", "REACH")]
    [InlineData(CampaignObjective.Traffic, "OUTCOME_TRAFFIC", "LINK_CLICKS")]
    [InlineData(CampaignObjective.Engagement, "OUTCOME_ENGAGEMENT", "PAGE_LIKES")]
    public async Task Each_objective_has_the_goal_that_needs_neither_pixel_nor_form(
        CampaignObjective objective, string atFacebook, string goal)
    {
        await AGrantAsync();

        var draft = await ADraftAsync(await TermsAsync() with { Objective = objective });

        Assert.Equal(atFacebook, Graph.Campaigns.Find(draft.CampaignId!)!.Objective);
        Assert.Equal(goal, Assert.Single(Graph.Campaigns.AdSetsOf(draft.CampaignId!)).Goal);
    }

    [Theory]
    [InlineData("act_1234940005", CampaignProblem.AccountDisabled)]
    [InlineData("act_1234940008", CampaignProblem.NoRight)]
    [InlineData("act_1234940010", CampaignProblem.TooMany)]
    public async Task What_Facebook_refuses_before_anything_is_made_leaves_no_draft(string account, CampaignProblem problem)
    {
        await AGrantAsync();

        var made = await Campaigns.CreateAsync(Owner, await TermsAsync(account), null, Cancel);

        Assert.Equal((problem, (CampaignField?)CampaignField.AdAccount), (Refusal(made).Problem, Refusal(made).Field));
        Assert.Empty(await Campaigns.ListAsync(Owner, Cancel));
    }

    [Theory]
    [InlineData("act_1234940006", CampaignProblem.PolicyNotAccepted, CampaignField.AdAccount)]
    [InlineData("act_1234940007", CampaignProblem.AppInDevelopment, CampaignField.AdAccount)]
    [InlineData("act_1234940009", CampaignProblem.BudgetChangedTooOften, CampaignField.Budget)]
    public async Task A_refused_ad_set_leaves_nothing_at_Facebook_and_is_corrected_under_the_same_id(
        string account, CampaignProblem problem, CampaignField? field)
    {
        await AGrantAsync();

        var outcome = Value(await Campaigns.CreateAsync(Owner, await TermsAsync(account), null, Cancel));

        Assert.Equal((problem, field), (outcome.Refused!.Problem, outcome.Refused.Field));
        Assert.NotNull(outcome.Refused.UserText);
        Clock.Advance(TimeSpan.FromMinutes(2)); // where Facebook wants a pause first
        await Making.RunAsync(Cancel);
        Assert.Empty(Graph.Campaigns.List());
        var corrected = Value(await Campaigns.CreateAsync(Owner, await TermsAsync(), outcome.Id, Cancel));
        Assert.Equal((outcome.Id, null), (corrected.Id, corrected.Refused));
        Assert.Equal((CampaignState.Paused, Seas), ((await DraftAsync(outcome.Id)).State, (await DraftAsync(outcome.Id)).AdAccount));
        Assert.Single(Graph.Campaigns.List());
        Assert.IsType<CampaignBeingMade>((await Campaigns.CreateAsync(Owner, await TermsAsync(), outcome.Id, Cancel)).Error);
    }

    [Fact]
    public async Task A_name_is_proposed_by_the_agencys_rule()
    {
        var naming = Portal.Get<CampaignNaming>();
        Assert.Equal(CampaignNaming.UsualRule, await naming.GetRuleAsync(Member, Cancel));
        Assert.IsType<NotAllowed>(await naming.SetRuleAsync(Member, "x", Cancel));
        Assert.IsType<NameRuleRefused>(await naming.SetRuleAsync(Owner, new string('x', 121), Cancel));

        Assert.Null(await naming.SetRuleAsync(Owner, " {date}_{Client}_{objective} ", Cancel));

        Assert.Equal(
            "2026-12-01_hello@bakery.example_Traffic",
            CampaignNaming.Fill(await naming.GetRuleAsync(Member, Cancel), "hello@bakery.example", "Traffic", new DateOnly(2026, 12, 1)));
        Assert.Equal("Traffic | 2026-12-01", CampaignNaming.Fill(CampaignNaming.UsualRule, "", "Traffic", new DateOnly(2026, 12, 1)));
    }

    private static IReadOnlyCollection<string> Fields(Result<CampaignOutcome> made) => [.. Assert.IsType<InputRefused>(made.Error).Fields.Keys];

    private static CampaignRefused Refusal(Result<CampaignOutcome> made) => Assert.IsType<CampaignRefused>(made.Error);
}

public sealed class CampaignDraftTestsOnSqlite() : CampaignDraftTests(DatabaseProvider.Sqlite);

public sealed class CampaignDraftTestsOnPostgres() : CampaignDraftTests(DatabaseProvider.Postgres);
