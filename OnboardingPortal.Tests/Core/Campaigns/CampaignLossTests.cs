using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>Whatever is lost, no campaign is made twice.</summary>
public abstract class CampaignLossTests(DatabaseProvider database) : CampaignTest(database)
{
    [Theory]
    [InlineData("/campaigns")]
    [InlineData("/adsets")]
    public async Task A_lost_answer_is_a_state_of_its_own_until_the_search_has_found_what_was_made(string edge)
    {
        await AGrantAsync();
        Lose(edge, GraphLoss.After);

        var id = Value(await Campaigns.CreateAsync(Owner, await TermsAsync(), null, Cancel)).Id;

        Assert.Equal(CampaignState.OutcomeUnknown, (await DraftAsync(id)).State);
        Assert.Equal(0, await Making.RunAsync(Cancel)); // not at once
        Clock.Advance(CampaignMaking.LookAgain);
        Assert.Equal(1, await Making.RunAsync(Cancel));
        Assert.Equal(CampaignState.Paused, (await DraftAsync(id)).State);
        AssertNothingTwice();
    }

    [Fact]
    public async Task A_lost_call_is_repeated_only_when_it_can_no_longer_be_on_its_way()
    {
        await AGrantAsync();
        Lose("/campaigns", GraphLoss.Before);
        var id = Value(await Campaigns.CreateAsync(Owner, await TermsAsync(), null, Cancel)).Id;

        Clock.Advance(CampaignMaking.LookAgain);
        Assert.Equal(0, await Making.RunAsync(Cancel));
        Assert.Equal(CampaignState.OutcomeUnknown, (await DraftAsync(id)).State);
        Assert.Empty(Graph.Campaigns.List());

        Clock.Advance(CampaignMaking.Settling);
        Assert.Equal(1, await Making.RunAsync(Cancel));
        Assert.Equal(CampaignState.Paused, (await DraftAsync(id)).State);
        AssertNothingTwice();
    }

    [Theory]
    [InlineData("/campaigns")]
    [InlineData("/adsets")]
    public async Task Another_node_goes_on_where_one_was_killed(string edge)
    {
        await AGrantAsync();
        var terms = await TermsAsync();
        Lose(edge, GraphLoss.Killed);
        await Assert.ThrowsAsync<NodeKilledException>(() => Campaigns.CreateAsync(Owner, terms, null, Cancel));
        await using var other = Portal.AnotherNode();
        Assert.Equal(0, await other.Get<CampaignMaking>().RunAsync(Cancel)); // still the dead node's

        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await other.Get<CampaignMaking>().RunAsync(Cancel));

        Assert.Equal(CampaignState.Paused, Assert.Single(await Campaigns.ListAsync(Owner, Cancel)).State);
        AssertNothingTwice();
    }

    [Fact]
    public async Task The_sandboxs_own_switch_cuts_the_connection_after_the_work_is_done()
    {
        await AGrantAsync();
        Graph.Campaigns.LoseNext(2);

        var id = Value(await Campaigns.CreateAsync(Owner, await TermsAsync(), null, Cancel)).Id;

        Assert.Equal((1, CampaignState.OutcomeUnknown), (Graph.Campaigns.LostAnswers, (await DraftAsync(id)).State));
        Clock.Advance(CampaignMaking.LookAgain);
        await Making.RunAsync(Cancel); // finds the campaign, and loses the answer about its ad set
        Clock.Advance(CampaignMaking.LookAgain);
        await Making.RunAsync(Cancel);
        Assert.Equal(CampaignState.Paused, (await DraftAsync(id)).State);
        AssertNothingTwice();
    }

    [Fact]
    public async Task Of_a_draft_whose_outcome_is_unknown_one_can_look_at_once_and_delete_what_can_no_longer_be_on_its_way()
    {
        await AGrantAsync();
        var terms = await TermsAsync();
        Lose("/campaigns", GraphLoss.After);
        var kept = Value(await Campaigns.CreateAsync(Owner, terms, null, Cancel)).Id;
        Assert.IsType<CampaignBeingMade>(await Removal.DeleteAsync(Owner, kept, Cancel)); // it may yet appear
        Assert.Null(await Campaigns.GoOnAsync(Owner, kept, Cancel));
        Assert.Equal(CampaignState.Paused, (await DraftAsync(kept)).State);

        foreach (var loss in new[] { GraphLoss.After, GraphLoss.Before })
        {
            Lose("/campaigns", loss);
            var id = Value(await Campaigns.CreateAsync(Owner, terms, null, Cancel)).Id;
            Clock.Advance(CampaignMaking.Settling);
            Assert.Null(await Removal.DeleteAsync(Owner, id, Cancel));
            Assert.Null(await Campaigns.FindAsync(Owner, id, Cancel));
            Clock.Advance(CampaignMaking.Settling);
            Assert.Equal(0, await Making.RunAsync(Cancel));
        }

        Assert.Equal((await DraftAsync(kept)).CampaignId, Assert.Single(Graph.Campaigns.List()).Id);
    }

    [Fact]
    public async Task A_refusal_whose_clearing_away_is_lost_is_cleared_away_later()
    {
        await AGrantAsync();
        var losses = 1;
        Graph.Loses = call => call.Method == HttpMethod.Get && call.RequestUri!.AbsolutePath.Contains("/1202", StringComparison.Ordinal)
            && losses-- > 0 ? GraphLoss.Before : GraphLoss.None;
        var refused = Value(await Campaigns.CreateAsync(Owner, await TermsAsync("act_1234940006"), null, Cancel));
        Assert.NotNull(refused.Refused);
        Assert.NotNull((await DraftAsync(refused.Id)).CampaignId); // it may be there still
        Assert.IsType<CampaignBeingMade>((await Campaigns.CreateAsync(Owner, await TermsAsync(), refused.Id, Cancel)).Error);

        Clock.Advance(CampaignMaking.LookAgain);
        await Making.RunAsync(Cancel);

        Assert.Null((await DraftAsync(refused.Id)).CampaignId);
        Assert.Empty(Graph.Campaigns.List());
    }

    protected void Lose(string edge, GraphLoss loss)
    {
        var left = 1;
        Graph.Loses = call => call.Method == HttpMethod.Post && call.RequestUri!.AbsolutePath.EndsWith(edge, StringComparison.Ordinal)
            && !IsOnlyChecked(call) && left-- > 0 ? loss : GraphLoss.None;
    }

    protected static bool IsOnlyChecked(HttpRequestMessage call) =>
        call.Content!.ReadAsStringAsync(Cancel).GetAwaiter().GetResult().Contains("validate_only", StringComparison.Ordinal);

    protected void AssertNothingTwice()
    {
        var names = Graph.Campaigns.List().Select(c => c.Name).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.All(Graph.Campaigns.List(), c => Assert.Single(Graph.Campaigns.AdSetsOf(c.Id)));
        Assert.All(Graph.Campaigns.List(), c => Assert.Equal("PAUSED", c.Status));
    }
}

public sealed class CampaignLossTestsOnSqlite() : CampaignLossTests(DatabaseProvider.Sqlite)
{
    private const int Losses = 1000;

    /// <summary>Facebook has done what it was told each time that an answer is lost. Some calls are lost on their way there, too.</summary>
    [Fact]
    public async Task A_thousand_lost_answers_make_no_campaign_twice()
    {
        await AGrantAsync();
        var (chance, lost, gate) = (new Random(14), 0, new Lock());
        Graph.Loses = call =>
        {
            if (call.Method != HttpMethod.Post || IsOnlyChecked(call)) return GraphLoss.None;
            lock (gate)
            {
                var roll = lost >= Losses ? 99 : chance.Next(100);
                var loss = roll < 10 ? GraphLoss.Before : roll < 97 ? GraphLoss.After : GraphLoss.None;
                if (loss == GraphLoss.After) lost++;
                return loss;
            }
        };
        var terms = await TermsAsync();
        var drafts = 0;
        while (lost < Losses)
        {
            for (var i = 0; i < 40; i++, drafts++) Value(await Campaigns.CreateAsync(Owner, terms, null, Cancel));
            while ((await Campaigns.ListAsync(Owner, Cancel)).Any(d => d.State != CampaignState.Paused))
            {
                Clock.Advance(CampaignMaking.Settling);
                await Making.RunAsync(Cancel);
            }
        }

        Assert.Equal(Losses, lost);
        Assert.Equal(drafts, Graph.Campaigns.List().Count);
        AssertNothingTwice();
    }
}

public sealed class CampaignLossTestsOnPostgres() : CampaignLossTests(DatabaseProvider.Postgres);
