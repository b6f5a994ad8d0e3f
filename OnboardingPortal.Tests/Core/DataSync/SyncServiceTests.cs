using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>What can be chosen, and what the service accepts.</summary>
public abstract class SyncServiceTests(DatabaseProvider database) : SyncTest(database)
{
    [Fact]
    public async Task The_accounts_of_clients_are_offered_with_how_many_ad_accounts_they_have()
    {
        var source = Assert.Single(await Syncs.SourcesAsync(Owner, Cancel));

        Assert.Equal(
            (Account, "Bakery CRM", "hello@bakery.example", true, 1),
            (source.Account, source.Name, source.Client, source.Works, source.AdAccounts));
        Assert.Equal(AdAccount, Assert.Single(Value(await Syncs.TargetsAsync(Owner, Account, Cancel))).AdAccount);
        Assert.Equal("Newsletter", Assert.Single(Value(await Syncs.ListsAsync(Owner, Account, null, Cancel))).Name);
    }

    [Fact]
    public async Task Another_clients_ad_account_is_neither_offered_nor_accepted()
    {
        var other = await ARequest().Asking(Facebook).For("office@butcher.example").SentAsync();
        var theirs = await AnAdAccount(await AParticipant(other), "act_88001");

        Assert.DoesNotContain(Value(await Syncs.TargetsAsync(Owner, Account, Cancel)), t => t.AdAccount == theirs);
        Assert.IsType<SyncPairRefused>((await Syncs.CreateAsync(Owner, Terms() with { AdAccount = theirs }, Cancel)).Error);
        Assert.Empty(await Syncs.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_request_to_the_same_address_is_the_same_clients()
    {
        var later = await ARequest().Asking(Facebook).For("Hello@Bakery.example", "second@bakery.example").SentAsync();
        var theirs = await AnAdAccount(await AParticipant(later), "act_88001");

        Assert.Contains(Value(await Syncs.TargetsAsync(Owner, Account, Cancel)), t => t.AdAccount == theirs);
    }

    [Fact]
    public async Task What_a_colleague_asked_for_is_neither_seen_nor_acted_on_where_each_sees_their_own()
    {
        Fill(3);
        var id = await APlannedSync();
        var alone = Member with { Visibility = RequestVisibility.OnlyRequester };

        Assert.Empty(await Syncs.ListAsync(alone, Cancel));
        Assert.Empty(await Syncs.SourcesAsync(alone, Cancel));
        Assert.IsType<SyncNotFound>(await Syncs.RunAsync(alone, id, Cancel));
        Assert.IsType<SyncPairRefused>((await Syncs.CreateAsync(alone, Terms(), Cancel)).Error);
        Assert.Single(await Syncs.ListAsync(Member, Cancel));
    }

    [Fact]
    public async Task The_engine_asks_again_whether_they_are_of_one_client()
    {
        Fill(3);
        var later = await ARequest().Asking(Facebook).For("hello@bakery.example").SentAsync();
        var theirs = await AnAdAccount(await AParticipant(later), AudienceStub.Account);
        var id = Value(await Syncs.CreateAsync(Owner, Terms() with { AdAccount = theirs }, Cancel));
        await RestAsync(id);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.Where(r => r.RequestId == later.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Email, "office@butcher.example"), Cancel);
        }

        var view = await RunAsync(id);

        Assert.Equal(SyncProblem.AdAccountLost, view.Line.Problem);
        Assert.Empty(Graph.Audiences);
    }

    [Fact]
    public async Task Ground_mandate_and_columns_are_needed()
    {
        var terms = Terms() with { LegalBasis = "yes", MaySend = false, Columns = [new SyncColumn("name", "Name", MatchKey.FirstName)] };

        var refused = Assert.IsType<InputRefused>((await Syncs.CreateAsync(Owner, terms, Cancel)).Error);

        Assert.Equal(
            [nameof(SyncTerms.Columns), nameof(SyncTerms.LegalBasis), nameof(SyncTerms.MaySend)], refused.Fields.Keys.Order());
        Assert.All(refused.Fields.Values, words => Assert.NotEmpty(words));
    }

    [Fact]
    public async Task A_column_is_sent_as_something_that_Facebook_knows()
    {
        var terms = Terms();
        terms = terms with { Columns = [.. terms.Columns, new SyncColumn("id", "Id", (MatchKey)99)] };

        Assert.IsType<InputRefused>((await Syncs.CreateAsync(Owner, terms, Cancel)).Error);
    }

    [Fact]
    public async Task One_audience_is_written_by_one_sync()
    {
        Fill(3);
        Graph.Add("95001", "Of before");
        var terms = Terms() with { Audience = "95001", AudienceName = null };
        Value(await Syncs.CreateAsync(Owner, terms, Cancel));

        Assert.True(Assert.Single(Value(await Syncs.AudiencesAsync(Owner, AdAccount, Cancel))).IsTaken);
        Assert.IsType<SyncAudienceTaken>((await Syncs.CreateAsync(Owner, terms, Cancel)).Error);
        Assert.IsType<InputRefused>((await Syncs.CreateAsync(Owner, Terms() with { AudienceName = "Of before" }, Cancel)).Error);
        Assert.IsType<InputRefused>((await Syncs.CreateAsync(Owner, Terms() with { Audience = "95999" }, Cancel)).Error);
    }

    [Fact]
    public async Task Conditions_are_kept_with_the_sync_read_by_it_and_changed_with_a_new_plan()
    {
        Fill(3);
        var web = AFilter("Web");
        Assert.IsType<InputRefused>((await Syncs.CreateAsync(Owner, Terms() with { Filter = web }, Cancel)).Error); // the platform has none
        List.CanFilter = true;
        Assert.IsType<InputRefused>((await Syncs.CreateAsync(Owner, Terms() with { Filter = "Web" }, Cancel)).Error);

        var id = Value(await Syncs.CreateAsync(Owner, Terms() with { Filter = web }, Cancel));
        await RestAsync(id);
        Assert.Equal((web, web), ((await ViewAsync(id)).Filter, List.Filter));

        Assert.IsType<InputRefused>(await Syncs.ChangeFilterAsync(Owner, id, "Web", Cancel));
        Assert.Null(await Syncs.ChangeFilterAsync(Owner, id, AFilter("Phone"), Cancel));
        Assert.Equal(2, (await RestAsync(id)).Runs.Count);
        Assert.Equal(AFilter("Phone"), List.Filter);

        List.Trouble = _ => new ContactFieldsGone(["Lead Source"], AreRenamed: false) { AreOfFilter = true };
        var view = await PlanAsync(id);
        Assert.Equal((SyncProblem.FilterFieldGone, "Lead Source"), (view.Line.Problem, view.ProblemDetail));

        static string AFilter(string source) =>
            new SalesforceFilter([new SalesforceCondition("LeadSource", SalesforceComparison.Is, source)]).Write()!;
    }

    [Fact]
    public async Task A_mapping_is_proposed_with_masked_people()
    {
        Fill(30);

        var proposal = Value(await Syncs.ProposeAsync(Owner, Account, "list-1", null, Cancel));

        Assert.Equal((2, 10, 30), (proposal.Fields.Count, proposal.Rows.Count, proposal.People));
        Assert.DoesNotContain(proposal.Rows.SelectMany(r => r), cell => cell.Contains("person", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_client_sees_which_list_goes_where()
    {
        Fill(3);
        await APlannedSync();

        var line = Assert.Single(await Syncs.OfClientAsync(Baker, Cancel));

        Assert.Equal(("Newsletter", "Bakery ads", "CRM list 1"), (line.ListName, line.AdAccount, line.AudienceName));
    }

    [Fact]
    public async Task A_run_under_way_is_left_alone_and_keeps_the_sync_from_being_deleted()
    {
        Fill(3);
        var id = Value(await Syncs.CreateAsync(Owner, Terms(), Cancel));

        Assert.Null(await Syncs.PlanAsync(Owner, id, Cancel));
        Assert.IsType<SyncRuns>(await Syncs.DeleteAsync(Owner, id, withAudience: false, Cancel));
        var view = await RestAsync(id);

        Assert.Single(view.Runs);
    }

    [Fact]
    public async Task A_run_that_is_asked_for_twice_is_one_and_while_a_plan_is_made_there_is_none()
    {
        Fill(3);
        var id = await APlannedSync();
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
        Assert.Equal(1, (await RestAsync(id)).Runs.Count(r => r.Kind == SyncRunKind.Run));

        Assert.Null(await Syncs.PlanAsync(Owner, id, Cancel));
        Assert.IsType<SyncRuns>(await Syncs.RunAsync(Owner, id, Cancel));
    }

    [Fact]
    public async Task Keys_of_syncs_are_sealed_anew_with_the_agencys()
    {
        Fill(30);
        var id = await ASync();
        await Portal.Get<CredentialProtector>().AddKeyAsync(Owner.Agency, Cancel);
        Assert.True(await Portal.Get<KeyRing>().RotateDueAsync(Cancel) > 0);
        List.People.RemoveAt(0);

        var view = await RunAsync(id);

        Assert.Equal((29, 1), (view.Runs[0].Counts.Unchanged, view.Runs[0].Counts.Removed));
    }
}

public sealed class SyncServiceTestsOnSqlite() : SyncServiceTests(DatabaseProvider.Sqlite);

public sealed class SyncServiceTestsOnPostgres() : SyncServiceTests(DatabaseProvider.Postgres);
