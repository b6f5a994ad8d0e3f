using System.Net;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>What one asset meets while others are shared beside it, and what goes on when the sharing was broken off.</summary>
public abstract class FacebookOneAssetTests(DatabaseProvider database) : PortalTest(database)
{
    private const string RoleOnThisPageMissing = """
        {"error":{"message":"Error validating access token: the user has to have a role on the page before impersonating it",
                  "type":"OAuthException","code":190,"error_subcode":492,"fbtrace_id":"Axyz"}}
        """;

    private const string PageTokenDead = """{"error":{"message":"Invalid OAuth access token.","type":"OAuthException","code":190}}""";

    private GivenRequest _request = null!;
    private ClientCaller _carla = null!;
    private ConnectionId _account;

    private GraphStub Graph => new(Http);

    private FacebookSharing Sharing => Portal.Get<FacebookSharing>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(Facebook).SentAsync();
        _carla = await AParticipant(_request);
        _account = await AnAccount(_carla, Facebook, "10215000000000001", "A page admin");
        Graph.RefusesRequests();
    }

    [Theory]
    [InlineData(RoleOnThisPageMissing)]
    [InlineData(PageTokenDead)]
    public async Task What_Facebook_refuses_for_one_Page_alone_stops_neither_the_others_nor_the_sign_in(string refusal)
    {
        Graph.ManagesPages("77", "78");
        Graph.SignsIn();
        Graph.Post("77/agencies", refusal, HttpStatusCode.BadRequest);
        Graph.Post("78/agencies", """{"success":true}""");
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.AgencySees("78", "act_1");

        Assert.Null(await ShareAsync(Page("77"), Page("78"), AdAccount("act_1")));

        Assert.Equal([AssetState.AwaitingClient, AssetState.Shared, AssetState.Shared], await StatesAsync());
        var connection = (await WizardOf(_carla)).Connections.Single();
        Assert.Equal((ConnectionState.Active, true), (connection.State, connection.SignInLives));
        Assert.Equal((AssetWay.ByHand, PlatformFailureKind.PermissionDenied), (connection.Assets[0].Way, connection.Assets[0].Failure));
    }

    [Fact]
    public async Task What_is_known_is_saved_when_another_asset_shows_that_the_sign_in_is_over()
    {
        for (var i = 1; i <= 4; i++) Graph.Post($"act_{i}/agencies", """{"success":true}""");
        Graph.Post("act_5/agencies", GraphStub.Error(190, 463), HttpStatusCode.BadRequest);
        Graph.AgencySees("act_1", "act_2", "act_3", "act_4");

        var refused = await ShareAsync([.. Enumerable.Range(1, 5).Select(i => AdAccount($"act_{i}"))]);

        Assert.Equal(PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>(refused).Kind);
        Assert.Equal([.. Enumerable.Repeat(AssetState.Shared, 4), AssetState.Selected], await StatesAsync());
        Assert.Equal(ConnectionState.ReconnectNeeded, (await WizardOf(_carla)).Connections.Single().State);
    }

    [Fact]
    public async Task What_is_known_is_saved_when_another_asset_meets_a_fault_of_ours()
    {
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.Post("act_2/agencies", _ => throw new InvalidOperationException("a fault"));
        Graph.AgencySees("act_1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => ShareAsync(AdAccount("act_1"), AdAccount("act_2")));

        Assert.Equal([AssetState.AwaitingVerification, AssetState.Selected], await StatesAsync());
    }

    [Fact]
    public async Task Pages_whose_list_Facebook_does_not_give_fail_without_the_ad_accounts()
    {
        Graph.Get("me/accounts", GraphStub.Error(2), HttpStatusCode.InternalServerError);
        Graph.Get("77", GraphStub.Error(2), HttpStatusCode.InternalServerError);
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.AgencySees("act_1");

        Assert.Null(await ShareAsync(Page("77"), AdAccount("act_1")));

        Assert.Equal([AssetState.Failed, AssetState.Shared], await StatesAsync());
    }

    [Fact]
    public async Task What_a_stopped_portal_left_over_is_shared_by_whichever_node_comes_first()
    {
        var stopped = true;
        for (var i = 1; i <= 7; i++)
        {
            Graph.Post($"act_{i}/agencies", _ => Task.FromResult(
                stopped ? throw new InvalidOperationException("stopped") : new StubAnswer("""{"success":true}""")));
        }

        AssetChoice[] chosen = [.. Enumerable.Range(1, 7).Select(i => AdAccount($"act_{i}"))];
        Graph.AgencySees([.. chosen.Select(c => c.ExternalId)]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ShareAsync(chosen));
        stopped = false;
        await using var other = Portal.AnotherNode();
        Assert.Equal(0, await other.Get<FacebookSharing>().ResumeDueAsync(Cancel)); // the first may still be at it

        Clock.Advance(TimeSpan.FromMinutes(2));
        Http.Forget();
        var done = await Task.WhenAll(other.Get<FacebookSharing>().ResumeDueAsync(Cancel), Sharing.ResumeDueAsync(Cancel));

        Assert.Equal(1, done.Sum());
        Assert.Equal(7, Http.Calls.Count(c => c.Address.EndsWith("/agencies", StringComparison.Ordinal)));
        Assert.All(await StatesAsync(), s => Assert.Equal(AssetState.Shared, s));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await Sharing.ResumeDueAsync(Cancel));
    }

    [Fact]
    public async Task What_was_chosen_rests_while_its_sign_in_is_over_or_its_request_is_gone()
    {
        Graph.Post("act_1/agencies", GraphStub.Error(190, 463), HttpStatusCode.BadRequest);
        await ShareAsync(AdAccount("act_1"));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await Sharing.ResumeDueAsync(Cancel));

        await AnAccount(_carla, Facebook, "10215000000000001", "A page admin", "fresh-token");
        Value(await Requests.DeleteAsync(Owner, _request.Id, Cancel));

        Assert.Equal(0, await Sharing.ResumeDueAsync(Cancel));
        Assert.Single(Graph.CallsOf("act_1/agencies"));
    }

    private static AssetChoice AdAccount(string id) => new(AssetKind.AdAccount, id, $"Account {id}", null, false);

    private static AssetChoice Page(string id) => new(AssetKind.Page, id, $"Page {id}", null, false);

    private Task<PortalError?> ShareAsync(params AssetChoice[] chosen) =>
        Sharing.ShareAsync(_carla, _account, "998877665544332", chosen, Cancel);

    private async Task<IReadOnlyList<AssetState>> StatesAsync() =>
        [.. (await WizardOf(_carla)).Connections.Single().Assets.Select(a => a.State)];
}

public sealed class FacebookOneAssetTestsOnSqlite() : FacebookOneAssetTests(DatabaseProvider.Sqlite);

public sealed class FacebookOneAssetTestsOnPostgres() : FacebookOneAssetTests(DatabaseProvider.Postgres);
