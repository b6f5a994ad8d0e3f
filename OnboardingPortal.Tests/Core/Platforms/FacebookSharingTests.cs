using System.Net;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

public abstract class FacebookSharingTests(DatabaseProvider database) : PortalTest(database)
{
    private const string Business = "998877665544332";

    private GivenRequest _request = null!;
    private ClientCaller _carla = null!;
    private ConnectionId _account;

    private GraphStub Graph => new(Http);

    private FacebookSharing Sharing => Portal.Get<FacebookSharing>();

    private FacebookVerification Verification => Portal.Get<FacebookVerification>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(Facebook).SentAsync();
        _carla = await AParticipant(_request);
        _account = await AnAccount(_carla, Facebook, "10215000000000001", "A page admin");
        Graph.RefusesRequests();
    }

    [Fact]
    public async Task A_share_counts_once_the_agencys_own_account_sees_it()
    {
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.Post("77/agencies", """{"success":true}""");
        Graph.ManagesPages("77");
        Graph.AgencySees("act_1", "77");

        Assert.Null(await ShareAsync(AdAccount("act_1"), Page("77")));

        Assert.Equal([AssetState.Shared, AssetState.Shared], await StatesAsync());
        var account = Assert.Single(Graph.CallsOf("act_1/agencies"));
        Assert.Equal(
            ("client-token", RequestBuilder.Business.ExternalId, """["ADVERTISE","ANALYZE"]"""),
            (account.Token, account.Form["business"], account.Form["permitted_tasks"]));
        Assert.Equal("page-token-77", Assert.Single(Graph.CallsOf("77/agencies")).Token);
        Assert.All(Graph.CallsOf($"{RequestBuilder.Business.ExternalId}/client_ad_accounts"), c => Assert.Equal("agency-token", c.Token));
        Assert.Equal(2, (await DetailsOf(_request.Id)).Events.Count(e => e.Kind == AuditKind.AssetShared));
        Assert.Equal(2, (await RowOf(_request.Id)).Accounts[0].Connected);
    }

    [Fact]
    public async Task A_share_that_a_second_admin_must_approve_waits_for_them()
    {
        Graph.Post("act_1/agencies", """{"success":true,"requires_admin_approval":true}""");

        Assert.Null(await ShareAsync(AdAccount("act_1")));
        Assert.Equal([AssetState.AwaitingAdminApproval], await StatesAsync());

        Graph.AgencySees("act_1");
        Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await Verification.CheckDueAsync(Cancel));
        Assert.Equal([AssetState.Shared], await StatesAsync());
        Assert.Equal(0, await Verification.CheckDueAsync(Cancel));
    }

    [Theory]
    [InlineData(3936)]
    [InlineData(3944)]
    [InlineData(3946)]
    [InlineData(3989)]
    public async Task What_the_agency_has_already_is_no_failure(int code)
    {
        Graph.Post("act_1/agencies", GraphStub.Error(code), HttpStatusCode.BadRequest);
        Graph.AgencySees("act_1");

        Assert.Null(await ShareAsync(AdAccount("act_1")));

        Assert.Equal([AssetState.Shared], await StatesAsync());
    }

    [Theory]
    [InlineData(3, null, AssetState.AwaitingClient, PlatformFailureKind.PermissionDenied)]
    [InlineData(10, null, AssetState.AwaitingClient, PlatformFailureKind.PermissionDenied)]
    [InlineData(200, null, AssetState.AwaitingClient, PlatformFailureKind.PermissionDenied)]
    [InlineData(294, null, AssetState.AwaitingClient, PlatformFailureKind.PermissionDenied)]
    [InlineData(100, 33, AssetState.AwaitingClient, PlatformFailureKind.NotFound)]
    [InlineData(368, null, AssetState.AwaitingClient, PlatformFailureKind.PolicyBlocked)]
    [InlineData(200, 1870050, AssetState.Failed, PlatformFailureKind.NoBusiness)]
    [InlineData(3979, null, AssetState.Failed, PlatformFailureKind.LimitReached)]
    [InlineData(3980, null, AssetState.Failed, PlatformFailureKind.PolicyBlocked)]
    [InlineData(415, null, AssetState.Failed, PlatformFailureKind.TwoFactorNeeded)]
    [InlineData(100, null, AssetState.Failed, PlatformFailureKind.InvalidRequest)]
    [InlineData(80004, 2446079, AssetState.Failed, PlatformFailureKind.RateLimited)]
    [InlineData(17, null, AssetState.Failed, PlatformFailureKind.RateLimited)]
    [InlineData(2, null, AssetState.Failed, PlatformFailureKind.Transient)]
    [InlineData(104, null, AssetState.Failed, PlatformFailureKind.Misconfigured)]
    public async Task A_refused_share_says_what_it_means_and_whether_the_client_can_do_it_by_hand(
        int code, int? subcode, AssetState state, PlatformFailureKind kind)
    {
        Graph.Post("act_1/agencies", GraphStub.Error(code, subcode, "Ask your admin."), HttpStatusCode.BadRequest);

        Assert.Null(await ShareAsync(AdAccount("act_1")));

        var asset = Assert.Single((await WizardOf(_carla)).Connections.Single().Assets);
        Assert.Equal((state, kind, "Ask your admin."), (asset.State, asset.Failure, asset.FailureText));
        Assert.Single(Graph.CallsOf("act_1/agencies")); // a share is never repeated by itself
        Assert.Equal(state == AssetState.Failed, (await RowOf(_request.Id)).Accounts[0].Problem);
    }

    [Fact]
    public async Task What_the_client_shared_by_hand_is_found()
    {
        Graph.Post("act_1/agencies", GraphStub.Error(3), HttpStatusCode.BadRequest);
        Assert.Null(await ShareAsync(AdAccount("act_1")));

        Graph.AgencySees("act_1");
        Assert.Null(await Verification.CheckAsync(Owner.Agency, _request.Id, Cancel));

        var asset = Assert.Single((await WizardOf(_carla)).Connections.Single().Assets);
        Assert.Equal((AssetState.Shared, null, null), (asset.State, asset.Failure, asset.FailureText));
    }

    [Fact]
    public async Task Words_of_the_platform_that_are_too_long_are_cut()
    {
        Graph.Post(
            "act_1/agencies", GraphStub.Error(3, null, new string('w', 499) + "😀\0" + new string('w', 5000)), HttpStatusCode.BadRequest);

        Assert.Null(await ShareAsync(AdAccount("act_1")));

        Assert.Equal(new string('w', 499), Assert.Single((await WizardOf(_carla)).Connections.Single().Assets).FailureText);
    }

    [Fact]
    public async Task A_Page_that_the_client_does_not_manage_waits_alone()
    {
        Graph.ManagesPages("78");
        Graph.Get("77", GraphStub.Error(10), HttpStatusCode.BadRequest);
        Graph.Post("78/agencies", """{"success":true}""");
        Graph.AgencySees("78");

        Assert.Null(await ShareAsync(Page("77"), Page("78")));

        Assert.Equal([AssetState.AwaitingClient, AssetState.Shared], await StatesAsync());
        Assert.Empty(Graph.CallsOf("77/agencies"));
    }

    [Fact]
    public async Task A_sign_in_that_ran_out_asks_to_sign_in_again_and_then_goes_on_where_it_stopped()
    {
        Graph.Post("act_1/agencies", GraphStub.Error(190, 463), HttpStatusCode.Unauthorized);
        Assert.Equal(PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>(await ShareAsync(AdAccount("act_1"))).Kind);
        var lost = Assert.Single((await WizardOf(_carla)).Connections);
        Assert.Equal((ConnectionState.ReconnectNeeded, false), (lost.State, lost.SignInLives));
        Assert.Equal([AssetState.Selected], await StatesAsync());

        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.AgencySees("act_1");
        Assert.Equal(_account, await AnAccount(_carla, Facebook, "10215000000000001", "A page admin", "fresh-token"));
        Assert.Null(await Sharing.ResumeAsync(_carla, _account));

        Assert.Equal([AssetState.Shared], await StatesAsync());
        Assert.Equal("fresh-token", Graph.CallsOf("act_1/agencies")[^1].Token);
    }

    [Fact]
    public async Task What_failed_can_be_tried_again_and_what_is_shared_stays()
    {
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.Post("act_2/agencies", GraphStub.Error(2), HttpStatusCode.InternalServerError);
        Graph.AgencySees("act_1");
        Assert.Null(await ShareAsync(AdAccount("act_1"), AdAccount("act_2")));
        Assert.Equal([AssetState.Shared, AssetState.Failed], await StatesAsync());

        Graph.Post("act_2/agencies", """{"success":true}""");
        Graph.AgencySees("act_1", "act_2");
        Assert.Null(await ShareAsync(AdAccount("act_1"), AdAccount("act_2")));

        Assert.Equal([AssetState.Shared, AssetState.Shared], await StatesAsync());
        Assert.Single(Graph.CallsOf("act_1/agencies"));
    }

    [Fact]
    public async Task A_double_click_shares_once()
    {
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.AgencySees("act_1");

        Assert.All(await Task.WhenAll(ShareAsync(AdAccount("act_1")), ShareAsync(AdAccount("act_1"))), Assert.Null);

        Assert.Single(Graph.CallsOf("act_1/agencies"));
        Assert.Equal([AssetState.Shared], await StatesAsync());
    }

    [Fact]
    public async Task Another_business_asset_cannot_be_shared_by_choosing_it()
    {
        Assert.Null(await ShareAsync(AdAccount("act_1") with { OwnerName = "Other Ltd" }));

        Assert.Empty(await StatesAsync());
        Assert.Empty(Http.Calls);
    }

    [Fact]
    public async Task Another_participant_cannot_use_the_sign_in()
    {
        var clerk = await AParticipant(_request, "The clerk");

        Assert.IsType<ConnectionNotFound>((await Sharing.ListBusinessesAsync(clerk, _account, Cancel)).Error);
        Assert.IsType<ConnectionNotFound>((await Sharing.ListAssetsAsync(clerk, _account, Business, Cancel)).Error);
        Assert.IsType<ConnectionNotFound>(await Sharing.ShareAsync(clerk, _account, Business, [AdAccount("act_1")], Cancel));
        Assert.IsType<ConnectionNotFound>(await Sharing.ResumeAsync(clerk, _account));
        Assert.Empty(Http.Calls);
    }

    private static AssetChoice AdAccount(string id) => new(AssetKind.AdAccount, id, $"Account {id}", null, false);

    private static AssetChoice Page(string id) => new(AssetKind.Page, id, $"Page {id}", null, false);

    private Task<PortalError?> ShareAsync(params AssetChoice[] chosen) => Sharing.ShareAsync(_carla, _account, Business, chosen, Cancel);

    private async Task<IReadOnlyList<AssetState>> StatesAsync() =>
        [.. (await WizardOf(_carla)).Connections.Single().Assets.Select(a => a.State)];
}

public sealed class FacebookSharingTestsOnSqlite() : FacebookSharingTests(DatabaseProvider.Sqlite);

public sealed class FacebookSharingTestsOnPostgres() : FacebookSharingTests(DatabaseProvider.Postgres);
