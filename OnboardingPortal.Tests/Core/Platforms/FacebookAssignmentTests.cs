using System.Net;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>What happens after an asset was shared: the agency's own user is to work with it.</summary>
public abstract class FacebookAssignmentTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _request = null!;
    private ClientCaller _carla = null!;

    private GraphStub Graph => new(Http);

    private FacebookAssignment Assignment => Portal.Get<FacebookAssignment>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(Facebook).SentAsync();
        _carla = await AParticipant(_request);
        Graph.ManagesPages("77");
    }

    [Fact]
    public async Task The_agencys_user_is_assigned_to_an_ad_account_and_the_tasks_are_checked()
    {
        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Graph.Assigns("act_1", "ANALYZE", "ADVERTISE");

        Assert.Equal(1, await Assignment.AssignDueAsync(Cancel));

        var calls = Graph.CallsOf("act_1/assigned_users");
        Assert.Equal([HttpMethod.Post, HttpMethod.Get], calls.Select(c => c.Method));
        Assert.All(calls, c => Assert.Equal("agency-token", c.Token));
        Assert.Equal(
            (RequestBuilder.Business.UserId, RequestBuilder.Business.ExternalId, """["ADVERTISE","ANALYZE"]"""),
            (calls[0].Form["user"], calls[0].Form["business"], calls[0].Form["tasks"]));
        Assert.Equal(RequestBuilder.Business.ExternalId, calls[1].Query["business"]);
        var asset = await AssetAsync();
        Assert.Equal(
            (AssetState.Shared, Clock.Now, null, null, null),
            (asset.State, asset.AssignedAt, asset.AssignmentFailure, asset.MissingTasks, asset.NextCheckAt));
        Assert.Equal(0, await Assignment.AssignDueAsync(Cancel));
    }

    [Fact]
    public async Task A_Page_is_assigned_without_naming_the_business_and_by_the_names_it_was_shared_with()
    {
        Graph.AgencyMay("77", "PROFILE_PLUS_ADVERTISE", "PROFILE_PLUS_ANALYZE");
        await ShareAsync(AssetKind.Page, "77");
        Graph.Assigns("77", "PROFILE_PLUS_ADVERTISE", "PROFILE_PLUS_ANALYZE");

        Assert.Equal(1, await Assignment.AssignDueAsync(Cancel));

        var call = Graph.CallsOf("77/assigned_users")[0];
        Assert.Equal(["tasks", "user"], call.Form.Keys.Order());
        Assert.Equal("""["PROFILE_PLUS_ADVERTISE","PROFILE_PLUS_ANALYZE"]""", call.Form["tasks"]);
        Assert.NotNull((await AssetAsync()).AssignedAt);
    }

    [Fact]
    public async Task What_cannot_be_assigned_is_shared_all_the_same_and_tried_again_on_the_schedule()
    {
        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Graph.Post("act_1/assigned_users", GraphStub.Error(200), HttpStatusCode.Forbidden);
        Graph.Get("act_1/assigned_users", GraphStub.List([]));

        var (from, times) = (Clock.Now, new List<TimeSpan>());
        while (times.Count < 6)
        {
            if (await Assignment.AssignDueAsync(Cancel) > 0) times.Add(Clock.Now - from);
            Clock.Advance((await AssetAsync()).NextCheckAt!.Value - Clock.Now - TimeSpan.FromSeconds(1));
            Assert.Equal(0, await Assignment.AssignDueAsync(Cancel)); // not a moment before
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 15, 75, 375, 3975, 7575], times.Select(t => t.TotalSeconds));
        var asset = await AssetAsync();
        Assert.Equal(
            (AssetState.Shared, PlatformFailureKind.PermissionDenied, null), (asset.State, asset.AssignmentFailure, asset.AssignedAt));
        var line = Assert.Single(await Portal.Get<ConnectionList>().ListAssetsAsync(Owner.Scope, Cancel));
        Assert.Equal((PlatformFailureKind.PermissionDenied, true), (line.AssignmentFailure, line.KeepsTrying));
        Assert.Equal(AssetState.Shared, Assert.Single((await WizardOf(_carla)).Connections.Single().Assets).State);
    }

    [Fact]
    public async Task What_was_assigned_by_hand_at_Facebook_is_found()
    {
        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Graph.Assigns("act_1", "ADVERTISE", "ANALYZE");
        Graph.Post("act_1/assigned_users", GraphStub.Error(200), HttpStatusCode.Forbidden);

        await Assignment.AssignDueAsync(Cancel);

        Assert.NotNull((await AssetAsync()).AssignedAt);
    }

    [Fact]
    public async Task An_answer_of_success_does_not_count_when_Facebook_lists_fewer_tasks()
    {
        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Graph.Assigns("act_1", "ANALYZE");

        await Assignment.AssignDueAsync(Cancel);

        Assert.Equal(
            (null, PlatformFailureKind.PermissionDenied),
            await AssetAsync() is var asset ? (asset.AssignedAt, asset.AssignmentFailure) : default);
    }

    [Fact]
    public async Task What_the_business_itself_may_not_do_is_told_and_the_user_gets_the_rest()
    {
        Graph.AgencyMay("act_1", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Graph.Assigns("act_1", "ANALYZE");

        await Assignment.AssignDueAsync(Cancel);

        Assert.Equal("""["ANALYZE"]""", Graph.CallsOf("act_1/assigned_users")[0].Form["tasks"]);
        Assert.Equal(("ADVERTISE", null), await AssetAsync() is var asset ? (asset.MissingTasks, asset.AssignmentFailure) : default);

        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        Graph.Assigns("act_1", "ADVERTISE", "ANALYZE");
        Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await Assignment.AssignDueAsync(Cancel));
        Assert.Equal((null, null), await AssetAsync() is var mended ? (mended.MissingTasks, mended.NextCheckAt) : default);
    }

    [Fact]
    public async Task A_dead_sign_in_of_the_agency_is_told_in_its_settings_and_nothing_is_tried()
    {
        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Graph.Get($"{RequestBuilder.Business.ExternalId}/client_ad_accounts", GraphStub.Error(190), HttpStatusCode.Unauthorized);

        await Assignment.AssignDueAsync(Cancel);

        Assert.Equal(PlatformFailureKind.AuthExpired, (await AssetAsync()).AssignmentFailure);
        Assert.Equal(
            PlatformFailureKind.AuthExpired,
            Assert.Single(await Portal.Get<AgencyFacebookService>().ListAsync(Owner.Agency, Cancel)).Failure);
        Assert.Empty(Graph.CallsOf("act_1/assigned_users"));
    }

    [Fact]
    public async Task A_deleted_request_is_left_alone()
    {
        Graph.AgencyMay("act_1", "ADVERTISE", "ANALYZE");
        await ShareAsync(AssetKind.AdAccount, "act_1");
        Value(await Requests.DeleteAsync(Owner, _request.Id, Cancel));

        Assert.Equal(0, await Assignment.AssignDueAsync(Cancel));
    }

    private async Task ShareAsync(AssetKind kind, string id)
    {
        Graph.Post($"{id}/agencies", """{"success":true}""");
        var connection = await AnAccount(_carla, Facebook, "10215000000000001", "A page admin");
        Assert.Null(
            await Portal.Get<FacebookSharing>()
                .ShareAsync(_carla, connection, "998", [new AssetChoice(kind, id, $"Asset {id}", null, false)], Cancel));
        Assert.Equal(AssetState.Shared, (await AssetAsync()).State);
    }

    private async Task<ConnectedAsset> AssetAsync() => Assert.Single((await DetailsOf(_request.Id)).Request.Connections.Single().Assets);
}

public sealed class FacebookAssignmentTestsOnSqlite() : FacebookAssignmentTests(DatabaseProvider.Sqlite);

public sealed class FacebookAssignmentTestsOnPostgres() : FacebookAssignmentTests(DatabaseProvider.Postgres);
