using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Sandbox.Facebook.Campaigns;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>What becomes of drafts: looked at daily, deleted together, shown to the client.</summary>
public abstract class CampaignFateTests(DatabaseProvider database) : CampaignTest(database)
{
    [Fact]
    public async Task A_draft_that_somebody_starts_in_Ads_Manager_is_found_the_next_day()
    {
        var request = await AGrantAsync();
        var draft = await ADraftAsync();
        Graph.Campaigns.Change(draft.CampaignId!, c => c with { Status = FacebookCampaigns.Active, Issue = "No payment method" });
        Assert.Equal(0, await Check.CheckDueAsync(Cancel)); // its day has not come

        Assert.Equal(1, await DayAsync());

        var found = await DraftAsync(draft.Id);
        Assert.Equal((CampaignState.Started, "No payment method", (DateTimeOffset?)Clock.Now), (found.State, found.Issues, found.CheckedAt));
        Assert.Single((await DetailsOf(request)).Events, e => e.Kind == AuditKind.CampaignStarted);
        Graph.Campaigns.Change(draft.CampaignId!, c => c with { Status = FacebookCampaigns.Paused, Issue = null });
        await DayAsync();
        Assert.Equal((CampaignState.Paused, null), ((await DraftAsync(draft.Id)).State, (await DraftAsync(draft.Id)).Issues));
    }

    [Fact]
    public async Task A_draft_that_somebody_deleted_there_is_gone_and_not_looked_at_any_more()
    {
        await AGrantAsync();
        var draft = await ADraftAsync();
        Graph.Campaigns.Change(draft.CampaignId!, c => c with { Status = FacebookCampaigns.Deleted });

        Assert.Null(await Check.CheckAsync(Owner, draft.Id, Cancel));

        Assert.Equal(CampaignState.Gone, (await DraftAsync(draft.Id)).State);
        Assert.Equal(0, await DayAsync());
    }

    [Fact]
    public async Task No_answer_changes_nothing_but_that_there_was_none_and_of_two_nodes_one_looks()
    {
        await AGrantAsync();
        var draft = await ADraftAsync();
        await using var other = Portal.AnotherNode();
        Graph.Loses = _ => GraphLoss.Before;
        Clock.Advance(CampaignCheck.Every);

        var looked = await Task.WhenAll(Check.CheckDueAsync(Cancel), other.Get<CampaignCheck>().CheckDueAsync(Cancel));

        Assert.Equal(1, looked.Sum());
        var found = await DraftAsync(draft.Id);
        Assert.Equal(
            (CampaignState.Paused, (PlatformFailureKind?)PlatformFailureKind.Unreachable, draft.CheckedAt),
            (found.State, found.Failure, found.CheckedAt));
    }

    [Fact]
    public async Task All_drafts_of_a_client_are_deleted_at_Facebook_but_what_runs_is_told()
    {
        var request = await AGrantAsync();
        var (first, second) = (await ADraftAsync(), await ADraftAsync());
        var running = await ADraftAsync(await TermsAsync() with { Name = "Running" });
        Graph.Campaigns.Change(running.CampaignId!, c => c with { Status = FacebookCampaigns.Active });
        var lost = 1;
        Graph.Loses = call => call.Method == HttpMethod.Post && lost-- > 0 ? GraphLoss.After : GraphLoss.None;

        var removed = await Removal.DeleteOfClientAsync(Owner, request, Cancel);

        Assert.Equal(2, removed.Deleted);
        var left = Assert.Single(removed.Left);
        Assert.Equal("Running", left.Name);
        Assert.IsType<CampaignIsRunning>(left.Why);
        Assert.Equal(running.CampaignId, Assert.Single(Graph.Campaigns.List()).Id);
        Assert.Equal(CampaignState.Started, Assert.Single(await Campaigns.ListAsync(Owner, Cancel)).State);
        Assert.Null(await Campaigns.FindAsync(Owner, first.Id, Cancel));
        Assert.IsType<CampaignNotFound>(await Removal.DeleteAsync(Owner, second.Id, Cancel));
        Assert.Equal(2, (await DetailsOf(request)).Events.Count(e => e.Kind == AuditKind.CampaignDeleted));
    }

    [Fact]
    public async Task Drafts_under_another_request_of_the_same_client_go_with_them_and_another_clients_stay()
    {
        var first = await AGrantAsync();
        var second = (await ARequest().For("CAMPAIGNS@clients.example").Asking(Facebook).SentAsync()).Id;
        var other = (await ARequest().For("somebody@else.example").Asking(Facebook).SentAsync()).Id;
        var (under, theirs) = (await ADraftAsync(), await ADraftAsync());
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.CampaignDrafts.Where(d => d.Id == under.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.RequestId, second), Cancel);
            await db.CampaignDrafts.Where(d => d.Id == theirs.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.RequestId, other), Cancel);
        }

        Assert.Equal(1, (await Removal.DeleteOfClientAsync(Owner, first, Cancel)).Deleted);

        Assert.Equal(theirs.Id, Assert.Single(await Campaigns.ListAsync(Owner, Cancel)).Id);
    }

    [Fact]
    public async Task What_Facebook_does_not_delete_stays()
    {
        await AGrantAsync();
        var draft = await ADraftAsync();
        Graph.Loses = call => call.Method == HttpMethod.Post ? GraphLoss.Before : GraphLoss.None;

        Assert.IsType<PlatformFailure>(await Removal.DeleteAsync(Owner, draft.Id, Cancel));

        Assert.Equal(CampaignState.Paused, (await DraftAsync(draft.Id)).State);
    }

    [Fact]
    public async Task Where_users_see_only_their_own_requests_they_see_only_their_clients_drafts()
    {
        await AGrantAsync();
        var draft = await ADraftAsync();
        var member = Member with { Visibility = RequestVisibility.OnlyRequester };

        Assert.Empty(await Campaigns.ListAsync(member, Cancel));
        Assert.Empty(await Campaigns.ListClientsAsync(member, Cancel));
        Assert.Null(await Campaigns.FindAsync(member, draft.Id, Cancel));
        Assert.IsType<CampaignPairRefused>((await Campaigns.CreateAsync(member, await TermsAsync(), null, Cancel)).Error);
        Assert.IsType<CampaignNotFound>(await Removal.DeleteAsync(member, draft.Id, Cancel));
        Assert.IsType<CampaignNotFound>(await Check.CheckAsync(member, draft.Id, Cancel));
    }

    [Fact]
    public async Task The_client_sees_the_draft_under_its_own_link_and_a_question_reaches_who_drafted()
    {
        await AGrantAsync();
        var draft = await ADraftAsync();
        var links = Portal.Get<CampaignLinks>();
        var token = Value(await Campaigns.FindLinkAsync(Owner, draft.Id, Cancel)).Segments[^1];
        Assert.Equal(43, token.Length);
        var shown = await links.FindAsync(token, Cancel);
        Assert.Equal(("Brightside Agency", draft.Id), (shown!.AgencyName, shown.Draft.Id));
        Assert.Null(await links.FindAsync(token[..^1], Cancel));
        await Outbox.DeliverAsync(Cancel);
        Mail.Forget();

        var question = new NewCampaignQuestion("The baker", "client@bakery.example", "Why 200 euros?");
        Assert.Null(await links.AskAsync(token, question, "198.51.100.7", Cancel));
        Assert.Null(await links.AskAsync(token, question, "198.51.100.7", Cancel)); // pressed twice
        await Outbox.DeliverAsync(Cancel);

        var mail = Assert.Single(Mail.Taken);
        Assert.Equal("owner@brightside.example", mail.To);
        Assert.Contains("Why 200 euros?", mail.Content.Text, StringComparison.Ordinal);
        Assert.Equal(["Email", "Name", "Text"], Assert.IsType<InputRefused>(
            await links.AskAsync(token, new NewCampaignQuestion("", "x", " "), null, Cancel)).Fields.Keys.Order());
        for (var i = 1; i < CampaignLinks.MaxQuestions; i++)
            Assert.Null(await links.AskAsync(token, question with { Text = $"Question {i}" }, null, Cancel));
        Assert.IsType<CampaignAskedTooOften>(await links.AskAsync(token, question with { Text = "One more" }, null, Cancel));
        Assert.Null(await Removal.DeleteAsync(Owner, draft.Id, Cancel));
        Assert.Null(await links.FindAsync(token, Cancel));
    }

    [Fact]
    public async Task Deleted_drafts_go_after_their_period_and_those_that_stand_stay()
    {
        await AGrantAsync();
        var (deleted, standing) = (await ADraftAsync(), await ADraftAsync());
        Assert.Null(await Removal.DeleteAsync(Owner, deleted.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(800));

        await Portal.Get<Retention>().DeleteOldAsync(Cancel);

        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(standing.Id, Assert.Single(await db.CampaignDrafts.ToListAsync(Cancel)).Id);
    }

    private Task<int> DayAsync()
    {
        Clock.Advance(CampaignCheck.Every);
        return Check.CheckDueAsync(Cancel);
    }
}

public sealed class CampaignFateTestsOnSqlite() : CampaignFateTests(DatabaseProvider.Sqlite);

public sealed class CampaignFateTestsOnPostgres() : CampaignFateTests(DatabaseProvider.Postgres);
