using System.Net;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Whether the agency still has what clients shared is looked at daily, with one reading for a whole Business Manager.</summary>
public abstract class FacebookRecheckTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _request = null!;
    private ClientCaller _carla = null!;

    private GraphStub Graph => new(Http);

    private AgencyFacebookCheck Check => Portal.Get<AgencyFacebookCheck>();

    private FacebookVerification Verification => Portal.Get<FacebookVerification>();

    private static string Accounts => $"{RequestBuilder.Business.ExternalId}/client_ad_accounts";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(Facebook).SentAsync();
        _carla = await AParticipant(_request);
        var business = new { id = RequestBuilder.Business.ExternalId, name = "B" };
        Graph.Get("me/business_users", GraphStub.List([new { id = "1221", name = "A", role = "ADMIN", business }]));
        var end = Clock.Now.AddDays(400).ToUnixTimeSeconds();
        Graph.Get("debug_token", $$$"""
            {"data":{"app_id":"{{{TestPortal.FacebookAppId}}}","is_valid":true,"user_id":"10215000000000099","expires_at":{{{end}}}}}
            """);
    }

    [Fact]
    public async Task What_the_agency_does_not_see_any_more_is_lost_is_told_once_and_is_found_when_it_comes_back()
    {
        Graph.AgencySees("act_1", "act_2", "act_3");
        await ShareAsync(_carla, "act_1", "act_2", "act_3");
        await Outbox.DeliverAsync(Cancel);
        Mail.Forget();

        Graph.AgencySees("act_1");
        for (var day = 0; day < 2; day++) Assert.Equal(1, await DayAsync());
        await Outbox.DeliverAsync(Cancel);

        Assert.Equal([AssetState.Shared, AssetState.Lost, AssetState.Lost], await StatesAsync(_carla));
        Assert.True((await RowOf(_request.Id)).Accounts[0].Problem);
        var told = (await DetailsOf(_request.Id)).Events.Where(e => e.Kind == AuditKind.AccountLost);
        Assert.Equal(["Account act_2", "Account act_3"], told.Select(e => e.Detail).Order());
        var mail = Assert.Single(Mail.Taken);
        Assert.Contains("Account act_2, Account act_3", mail.Content.Subject, StringComparison.Ordinal);
        var need = Assert.Single((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs);
        Assert.Equal(HubReason.AccessLost, need.Reason);

        Graph.AgencySees("act_1", "act_2", "act_3");
        await DayAsync();
        Assert.Equal([AssetState.Shared, AssetState.Shared, AssetState.Shared], await StatesAsync(_carla));
        Assert.False((await RowOf(_request.Id)).Accounts[0].Problem);
    }

    [Fact]
    public async Task What_stays_lost_counts_as_taken_back_and_is_no_trouble_any_more()
    {
        Graph.AgencySees("act_1");
        await ShareAsync(_carla, "act_1");
        Graph.AgencySees();

        for (var day = 0; day < 15; day++) await DayAsync();

        Assert.Equal([AssetState.Revoked], await StatesAsync(_carla));
        Assert.False((await RowOf(_request.Id)).Accounts[0].Problem);
    }

    [Fact]
    public async Task One_reading_of_the_lists_serves_all_requests_and_what_has_not_changed_is_not_touched()
    {
        Graph.AgencySees("act_1", "act_2");
        await ShareAsync(_carla, "act_1");
        var second = await ARequest().Asking(Facebook).SentAsync();
        var clerk = await AParticipant(second, "The clerk");
        await ShareAsync(clerk, "act_2");
        Graph.AgencySees("act_1");
        var version = (await DetailsOf(_request.Id)).Request.Version;
        Http.Forget();

        await DayAsync();

        Assert.Single(Graph.CallsOf(Accounts));
        Assert.Equal([AssetState.Lost], await StatesAsync(clerk));
        Assert.Equal(version, (await DetailsOf(_request.Id)).Request.Version);
    }

    [Theory]
    [InlineData(2, HttpStatusCode.InternalServerError)]
    [InlineData(10, HttpStatusCode.BadRequest)]
    [InlineData(190, HttpStatusCode.Unauthorized)]
    public async Task No_answer_takes_nothing_away(int code, HttpStatusCode status)
    {
        Graph.AgencySees("act_1");
        await ShareAsync(_carla, "act_1");
        Graph.Get(Accounts, GraphStub.Error(code), status);

        await DayAsync();

        Assert.Equal([AssetState.Shared], await StatesAsync(_carla));
    }

    [Fact]
    public async Task Of_several_nodes_one_looks()
    {
        Graph.AgencySees("act_1");
        await ShareAsync(_carla, "act_1");
        await using var other = Portal.AnotherNode();
        Clock.Advance(PlatformConnection.CheckEvery);
        Http.Forget();

        Assert.Equal(1, (await Task.WhenAll(Check.CheckDueAsync(Cancel), other.Get<AgencyFacebookCheck>().CheckDueAsync(Cancel))).Sum());

        Assert.Single(Graph.CallsOf(Accounts));
    }

    [Fact]
    public async Task What_waits_in_several_requests_is_looked_for_with_one_reading_by_one_node_and_changes_nothing_while_it_waits()
    {
        var clerk = await AParticipant(await ARequest().Asking(Facebook).SentAsync(), "The clerk");
        Graph.AgencySees();
        await ShareAsync(_carla, "act_1");
        await ShareAsync(clerk, "act_2");
        var version = (await DetailsOf(_request.Id)).Request.Version;
        Clock.Advance(TimeSpan.FromSeconds(15));
        Http.Forget();
        await using var other = Portal.AnotherNode();

        var done = await Task.WhenAll(Verification.CheckDueAsync(Cancel), other.Get<FacebookVerification>().CheckDueAsync(Cancel));

        Assert.Equal(2, done.Sum());
        Assert.Single(Graph.CallsOf(Accounts));
        Assert.Equal(version, (await DetailsOf(_request.Id)).Request.Version);
    }

    [Fact]
    public async Task However_much_is_shared_the_lists_are_read_once()
    {
        var many = Enumerable.Range(1, 12).Select(i => $"act_{i}").ToArray();
        Graph.AgencySees(many);

        await ShareAsync(_carla, many);

        Assert.Single(Graph.CallsOf(Accounts));
        Assert.All(await StatesAsync(_carla), s => Assert.Equal(AssetState.Shared, s));
    }

    /// <summary>A day goes by, and the job of the agency's Facebook users comes round.</summary>
    private Task<int> DayAsync()
    {
        Clock.Advance(PlatformConnection.CheckEvery);
        return Check.CheckDueAsync(Cancel);
    }

    private async Task ShareAsync(ClientCaller client, params string[] accounts)
    {
        foreach (var account in accounts) Graph.Post($"{account}/agencies", """{"success":true}""");
        var connection = await AnAccount(client, Facebook, "10215000000000001", "A page admin");
        var chosen = accounts.Select(id => new AssetChoice(AssetKind.AdAccount, id, $"Account {id}", null, false)).ToList();
        Assert.Null(await Portal.Get<FacebookSharing>().ShareAsync(client, connection, "998877665544332", chosen, Cancel));
    }

    private async Task<IReadOnlyList<AssetState>> StatesAsync(ClientCaller client) =>
        [.. (await WizardOf(client)).Connections.Single().Assets.Select(a => a.State)];
}

public sealed class FacebookRecheckTestsOnSqlite() : FacebookRecheckTests(DatabaseProvider.Sqlite);

public sealed class FacebookRecheckTestsOnPostgres() : FacebookRecheckTests(DatabaseProvider.Postgres);
