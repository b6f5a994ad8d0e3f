using System.Net;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

public abstract class FacebookVerificationTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _request = null!;
    private ClientCaller _carla = null!;

    private GraphStub Graph => new(Http);

    private FacebookVerification Verification => Portal.Get<FacebookVerification>();

    private string Looked => $"{RequestBuilder.Business.ExternalId}/client_ad_accounts";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(Facebook).SentAsync();
        _carla = await AParticipant(_request);
    }

    [Fact]
    public async Task Facebook_is_asked_at_once_after_15_seconds_1_minute_5_minutes_and_then_hourly_for_14_days()
    {
        Graph.AgencySees();
        await ShareAsync("""{"success":true}""", "act_1");
        Assert.Single(Graph.CallsOf(Looked));
        var (from, times) = (Clock.Now, new List<TimeSpan>());

        while (await NextLookAsync() is { } next)
        {
            Clock.Advance(next - Clock.Now - TimeSpan.FromSeconds(1));
            if (times.Count < 5) Assert.Equal(0, await Verification.CheckDueAsync(Cancel)); // not a moment before
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await Verification.CheckDueAsync(Cancel));
            times.Add(Clock.Now - from);
        }

        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await Verification.CheckDueAsync(Cancel));
        Assert.Equal([TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(375)], times.Take(3));
        Assert.All(times.Skip(3).Zip(times.Skip(4)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second - pair.First));
        Assert.InRange(times[^1], TimeSpan.FromDays(14) - TimeSpan.FromMinutes(80), TimeSpan.FromDays(14));

        async Task<DateTimeOffset?> NextLookAsync() =>
            Assert.Single((await DetailsOf(_request.Id)).Request.Connections.Single().Assets).NextCheckAt;
    }

    [Fact]
    public async Task Sharing_more_does_not_put_off_when_what_waits_is_looked_for()
    {
        Graph.AgencySees();

        await ShareAsync("""{"success":true}""", [.. Enumerable.Range(0, 30).Select(i => $"act_{i}")]);
        Assert.Null(await Verification.CheckAsync(Owner.Agency, _request.Id, Cancel));
        Http.Forget();
        Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(1, await Verification.CheckDueAsync(Cancel));
        Assert.Single(Graph.CallsOf(Looked));
    }

    [Fact]
    public async Task A_deleted_request_is_not_asked_about_any_more()
    {
        Graph.AgencySees();
        await ShareAsync("""{"success":true}""", "act_1");
        Value(await Requests.DeleteAsync(Owner, _request.Id, Cancel));
        Http.Forget();
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await Verification.CheckDueAsync(Cancel));
        Assert.IsType<RequestNotFound>(await Verification.CheckAsync(Owner.Agency, _request.Id, Cancel));
        Assert.Empty(Http.Calls);
    }

    [Fact]
    public async Task A_share_is_found_even_after_the_request_was_completed()
    {
        await ShareAsync("""{"success":true,"requires_admin_approval":true}""", "act_1");
        Assert.Null(await Wizard.CompleteAsync(_carla, Cancel));
        Graph.AgencySees("act_1");
        Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(1, await Verification.CheckDueAsync(Cancel));

        var row = await RowOf(_request.Id);
        Assert.Equal(
            (RequestStatus.Connected, RequestActivity.Completed, 1),
            (row.StoredStatus, row.Activity, row.Accounts[0].Connected));
    }

    [Fact]
    public async Task When_the_agencys_own_sign_in_has_run_out_its_settings_say_so_and_the_asset_waits()
    {
        await ShareAsync("""{"success":true,"requires_admin_approval":true}""", "act_1");
        Graph.Get(Looked, GraphStub.Error(190), HttpStatusCode.Unauthorized);

        Assert.Equal(
            PlatformFailureKind.AuthExpired,
            Assert.IsType<PlatformFailure>(await Verification.CheckAsync(Owner.Agency, _request.Id, Cancel)).Kind);

        Assert.Equal(
            PlatformFailureKind.AuthExpired,
            Assert.Single(await Portal.Get<AgencyFacebookService>().ListAsync(Owner.Agency, Cancel)).Failure);
        Assert.Equal(AssetState.AwaitingAdminApproval, (await WizardOf(_carla)).Connections.Single().Assets.Single().State);
    }

    [Fact]
    public async Task The_list_of_what_the_agency_sees_is_read_to_its_end()
    {
        await ShareAsync("""{"success":true,"requires_admin_approval":true}""", "act_999");
        Graph.AgencySees();
        Graph.Get(Looked, call => new StubAnswer(call.Query.GetValueOrDefault("after") == "QVFJ"
            ? """{"data":[{"id":"act_999"}],"paging":{"cursors":{"after":"QVFK"}}}"""
            : """{"data":[{"id":"act_1"}],"paging":{"cursors":{"after":"QVFJ"},"next":"https://evil.example/steal?access_token=x"}}"""));

        Assert.Null(await Verification.CheckAsync(Owner.Agency, _request.Id, Cancel));

        Assert.Equal(AssetState.Shared, (await WizardOf(_carla)).Connections.Single().Assets.Single().State);
        Assert.DoesNotContain(Http.Calls, c => c.Address.Contains("evil", StringComparison.Ordinal));
    }

    private async Task ShareAsync(string answer, params string[] accounts)
    {
        foreach (var account in accounts) Graph.Post($"{account}/agencies", answer);
        var connection = await AnAccount(_carla, Facebook, "10215000000000001", "A page admin");
        var chosen = accounts.Select(id => new AssetChoice(AssetKind.AdAccount, id, $"Account {id}", null, false)).ToList();
        Assert.Null(await Portal.Get<FacebookSharing>().ShareAsync(_carla, connection, "998877665544332", chosen, Cancel));
    }
}

public sealed class FacebookVerificationTestsOnSqlite() : FacebookVerificationTests(DatabaseProvider.Sqlite);

public sealed class FacebookVerificationTestsOnPostgres() : FacebookVerificationTests(DatabaseProvider.Postgres);
