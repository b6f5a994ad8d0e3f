using System.Net;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>The ways in which an asset comes to the agency: the client shares, the agency asks, the client does it by hand.</summary>
public abstract class FacebookWaysTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _request = null!;
    private ClientCaller _carla = null!;
    private ConnectionId _account;

    private GraphStub Graph => new(Http);

    private FacebookVerification Verification => Portal.Get<FacebookVerification>();

    private static string AskPages => $"{RequestBuilder.Business.ExternalId}/client_pages";

    private static string AskAccounts => $"{RequestBuilder.Business.ExternalId}/client_ad_accounts";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(Facebook).SentAsync();
        _carla = await AParticipant(_request);
        _account = await AnAccount(_carla, Facebook, "10215000000000001", "A page admin");
        Graph.ManagesPages("77");
        Graph.AgencySees();
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(10, null)]
    [InlineData(200, null)]
    [InlineData(100, 33)]
    public async Task Where_this_app_may_not_share_a_Page_the_agency_asks_for_it_and_the_client_must_accept(int code, int? subcode)
    {
        Graph.Post("77/agencies", GraphStub.Error(code, subcode), HttpStatusCode.BadRequest);
        Graph.Post(AskPages, """{"access_status":"PENDING"}""");

        var asset = await ShareAsync(AssetKind.Page, "77");

        Assert.Equal((AssetState.AwaitingClient, AssetWay.Request, null), (asset.State, asset.Way, asset.Failure));
        Assert.True(asset.AwaitsAcceptance);
        var call = Graph.CallsOf(AskPages).Single(c => c.Method == HttpMethod.Post);
        Assert.Equal(
            ("agency-token", "77", """["ADVERTISE","ANALYZE"]"""), (call.Token, call.Form["page_id"], call.Form["permitted_tasks"]));
        Assert.Contains((await DetailsOf(_request.Id)).Events, e => e.Kind == AuditKind.AssetWaiting);

        Graph.AgencySees("77");
        Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await Verification.CheckDueAsync(Cancel));
        Assert.Equal(AssetState.Shared, (await AssetAsync()).State);
    }

    [Fact]
    public async Task A_request_that_is_confirmed_at_once_is_verified_at_once()
    {
        Graph.Post("77/agencies", GraphStub.Error(3), HttpStatusCode.BadRequest);
        Graph.Post(AskPages, """{"access_status":"CONFIRMED"}""");
        Graph.AgencySees("77");

        var asset = await ShareAsync(AssetKind.Page, "77");

        Assert.Equal((AssetState.Shared, AssetWay.Request), (asset.State, asset.Way));
    }

    [Theory]
    [InlineData(3936, AssetState.AwaitingClient)]
    [InlineData(3944, AssetState.AwaitingVerification)]
    [InlineData(3946, AssetState.AwaitingVerification)]
    [InlineData(3989, AssetState.AwaitingVerification)]
    public async Task What_was_asked_for_before_waits_for_the_client_and_what_the_agency_has_is_verified(int code, AssetState state)
    {
        Graph.Post("77/agencies", GraphStub.Error(3), HttpStatusCode.BadRequest);
        Graph.Post(AskPages, GraphStub.Error(code), HttpStatusCode.BadRequest);

        var asset = await ShareAsync(AssetKind.Page, "77");

        Assert.Equal((state, AssetWay.Request), (asset.State, asset.Way));
    }

    [Fact]
    public async Task Where_the_request_is_refused_too_the_client_gives_access_by_hand_and_reads_the_first_refusal()
    {
        Graph.Post("77/agencies", GraphStub.Error(200, null, "Ask your admin."), HttpStatusCode.BadRequest);
        Graph.RefusesRequests();

        var asset = await ShareAsync(AssetKind.Page, "77");

        Assert.Equal((AssetState.AwaitingClient, AssetWay.ByHand, "Ask your admin."), (asset.State, asset.Way, asset.FailureText));
        Assert.False(asset.AwaitsAcceptance);
    }

    [Fact]
    public async Task An_ad_account_is_asked_for_once_and_then_given_by_hand()
    {
        Graph.Post("act_1/agencies", GraphStub.Error(3), HttpStatusCode.BadRequest);
        Graph.RefusesRequests();

        var asset = await ShareAsync(AssetKind.AdAccount, "act_1");

        Assert.Equal((AssetState.AwaitingClient, AssetWay.ByHand), (asset.State, asset.Way));
        var call = Graph.CallsOf(AskAccounts).Single(c => c.Method == HttpMethod.Post);
        Assert.Equal(("agency-token", "act_1"), (call.Token, call.Form["adaccount_id"]));
    }

    [Fact]
    public async Task Whom_Facebook_has_blocked_is_left_alone_and_does_it_by_hand()
    {
        Graph.Post("act_1/agencies", GraphStub.Error(368, null, "You are blocked for now."), HttpStatusCode.BadRequest);

        var asset = await ShareAsync(AssetKind.AdAccount, "act_1");

        Assert.Equal(
            (AssetState.AwaitingClient, AssetWay.ByHand, PlatformFailureKind.PolicyBlocked), (asset.State, asset.Way, asset.Failure));
        Assert.DoesNotContain(Http.Calls, c => c.Method == HttpMethod.Post && c.Address.Contains("client_", StringComparison.Ordinal));
        Http.Forget();
        var refused = await Portal.Get<FacebookSharing>().ListBusinessesAsync(_carla, _account, Cancel);
        Assert.Equal(PlatformFailureKind.RateLimited, Assert.IsType<PlatformFailure>(refused.Error).Kind);
        Assert.Empty(Http.Calls);
    }

    [Fact]
    public async Task A_Page_of_the_new_experience_is_shared_by_its_own_names_of_tasks()
    {
        Graph.Post("77/agencies", call => Task.FromResult(call.Form["permitted_tasks"].Contains("PROFILE_PLUS", StringComparison.Ordinal)
            ? new StubAnswer("""{"success":true}""")
            : new StubAnswer(GraphStub.Error(100), HttpStatusCode.BadRequest)));
        Graph.AgencySees("77");

        Assert.Equal(AssetState.Shared, (await ShareAsync(AssetKind.Page, "77")).State);

        Assert.Equal(
            ["""["ADVERTISE","ANALYZE"]""", """["PROFILE_PLUS_ADVERTISE","PROFILE_PLUS_ANALYZE"]"""],
            Graph.CallsOf("77/agencies").Select(c => c.Form["permitted_tasks"]));
    }

    [Theory]
    [InlineData(AssetKind.Page, "77", 2)]
    [InlineData(AssetKind.AdAccount, "act_1", 1)]
    public async Task The_other_names_are_tried_once_and_for_Pages_only(AssetKind kind, string id, int calls)
    {
        Graph.Post($"{id}/agencies", GraphStub.Error(100), HttpStatusCode.BadRequest);

        Assert.Equal(
            (AssetState.Failed, PlatformFailureKind.InvalidRequest),
            await ShareAsync(kind, id) is var asset ? (asset.State, asset.Failure) : default);

        Assert.Equal(calls, Graph.CallsOf($"{id}/agencies").Count);
    }

    [Fact]
    public async Task A_Page_that_the_business_owns_and_the_persons_own_list_does_not_name_is_shared_by_the_Pages_own_token()
    {
        Graph.ManagesPages();
        Graph.Get("77", """{"id":"77","access_token":"own-token-77"}""");
        Graph.Post("77/agencies", """{"success":true}""");
        Graph.AgencySees("77");

        var asset = await ShareAsync(AssetKind.Page, "77");

        Assert.Equal((AssetState.Shared, AssetWay.Share), (asset.State, asset.Way));
        Assert.Equal("client-token", Assert.Single(Graph.CallsOf("77")).Token);
        Assert.Equal("own-token-77", Assert.Single(Graph.CallsOf("77/agencies")).Token);
    }

    [Theory]
    [InlineData("""{"id":"77"}""", HttpStatusCode.OK)]
    [InlineData("""{"error":{"code":10,"message":"(#10) For developers only"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"error":{"code":100,"error_subcode":33,"message":"Unsupported get request."}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"error":{"code":190,"error_subcode":492,"message":"For developers only"}}""", HttpStatusCode.BadRequest)]
    public async Task A_Page_without_a_token_is_asked_for_by_the_agency_and_else_given_by_hand_and_found_then(
        string own, HttpStatusCode status)
    {
        Graph.ManagesPages();
        Graph.Get("77", own, status);
        Graph.Post(AskPages, """{"access_status":"PENDING"}""");
        var asked = await ShareAsync(AssetKind.Page, "77");
        Assert.Equal((AssetState.AwaitingClient, AssetWay.Request), (asked.State, asked.Way));

        Graph.RefusesRequests();
        var byHand = await ShareAsync(AssetKind.Page, "77");
        Assert.Equal((AssetState.AwaitingClient, AssetWay.ByHand), (byHand.State, byHand.Way));
        Assert.Empty(Graph.CallsOf("77/agencies"));

        Graph.AgencySees("77");
        Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await Verification.CheckDueAsync(Cancel));
        Assert.Equal(AssetState.Shared, (await AssetAsync()).State);
    }

    [Fact]
    public async Task What_failed_and_was_then_shared_by_hand_is_found()
    {
        Graph.Post("77/agencies", GraphStub.Error(2), HttpStatusCode.InternalServerError);
        Assert.Equal(AssetState.Failed, (await ShareAsync(AssetKind.Page, "77")).State);

        Graph.AgencySees("77");
        Assert.Null(await Verification.CheckAsync(_carla, Cancel));

        Assert.Equal(AssetState.Shared, (await AssetAsync()).State);
    }

    private async Task<WizardAsset> ShareAsync(AssetKind kind, string id)
    {
        Assert.Null(
            await Portal.Get<FacebookSharing>()
                .ShareAsync(_carla, _account, "998877665544332", [new AssetChoice(kind, id, $"Asset {id}", null, false)], Cancel));
        return await AssetAsync();
    }

    private async Task<WizardAsset> AssetAsync() => Assert.Single((await WizardOf(_carla)).Connections.Single().Assets);
}

public sealed class FacebookWaysTestsOnSqlite() : FacebookWaysTests(DatabaseProvider.Sqlite);

public sealed class FacebookWaysTestsOnPostgres() : FacebookWaysTests(DatabaseProvider.Postgres);
