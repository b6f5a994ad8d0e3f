using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>What happens to a sharing when something else happens meanwhile.</summary>
public abstract class SharingMeanwhileTests(DatabaseProvider database) : PortalTest(database)
{
    private const string Business = "998877665544332";

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
    }

    [Fact]
    public async Task Sharing_stops_when_the_request_is_deleted_meanwhile()
    {
        var shares = 0;
        for (var i = 0; i < 12; i++)
        {
            Graph.Post($"act_{i}/agencies", async _ =>
            {
                if (Interlocked.Increment(ref shares) == 1) Value(await Requests.DeleteAsync(Owner, _request.Id, Cancel));
                return new StubAnswer("""{"success":true}""");
            });
        }

        Assert.IsType<RequestNotFound>(
            await ShareAsync([.. Enumerable.Range(0, 12).Select(i => AdAccount($"act_{i}"))]).WaitAsync(TimeSpan.FromSeconds(30), Cancel));

        Assert.InRange(shares, 1, FacebookSharing.AtATime);
    }

    [Fact]
    public async Task Sharing_stops_when_somebody_else_completes_the_request_meanwhile()
    {
        var winner = await AParticipant(_request, "The clerk");
        Graph.AgencySees();
        var shares = 0;
        for (var i = 0; i < 12; i++)
        {
            Graph.Post($"act_{i}/agencies", async _ =>
            {
                if (Interlocked.Increment(ref shares) == 1) Assert.Null(await Wizard.CompleteAsync(winner, Cancel));
                return new StubAnswer("""{"success":true}""");
            });
        }

        Assert.IsType<RequestAlreadyCompleted>(await ShareAsync([.. Enumerable.Range(0, 12).Select(i => AdAccount($"act_{i}"))]));
        Assert.IsType<RequestAlreadyCompleted>(await Sharing.ResumeAsync(_carla, _account));

        Assert.Equal(FacebookSharing.AtATime, shares);
        // what Facebook was told stays true
        Assert.Equal(FacebookSharing.AtATime, (await StatesAsync()).Count(s => s == AssetState.AwaitingVerification));
    }

    [Fact]
    public async Task Sharing_runs_to_its_end_when_the_same_person_completes_meanwhile()
    {
        var shares = 0;
        Graph.AgencySees([.. Enumerable.Range(0, 12).Select(i => $"act_{i}")]);
        for (var i = 0; i < 12; i++)
        {
            Graph.Post($"act_{i}/agencies", async _ =>
            {
                if (Interlocked.Increment(ref shares) == 1) Assert.Null(await Wizard.CompleteAsync(_carla, Cancel));
                return new StubAnswer("""{"success":true}""");
            });
        }

        Assert.Null(await ShareAsync([.. Enumerable.Range(0, 12).Select(i => AdAccount($"act_{i}"))]));

        Assert.All(await StatesAsync(), s => Assert.Equal(AssetState.Shared, s));
        Assert.Equal(RequestStatus.Connected, (await RowOf(_request.Id)).StoredStatus);
    }

    [Fact]
    public async Task A_client_who_stops_waiting_does_not_stop_the_sharing()
    {
        using var left = new CancellationTokenSource();
        var called = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        Graph.AgencySees("act_1");
        Graph.Post("act_1/agencies", async _ =>
        {
            called.SetResult();
            await go.Task;
            return new StubAnswer("""{"success":true}""");
        });
        var share = Sharing.ShareAsync(_carla, _account, Business, [AdAccount("act_1")], left.Token);
        await called.Task.WaitAsync(Cancel);

        await left.CancelAsync();
        go.SetResult();
        Assert.Null(await share);

        Assert.Equal([AssetState.Shared], await StatesAsync());
    }

    [Fact]
    public async Task The_clients_sign_in_is_erased_after_a_day_and_what_it_shared_stays()
    {
        Graph.Post("act_1/agencies", """{"success":true}""");
        Graph.AgencySees("act_1");
        Assert.Null(await ShareAsync(AdAccount("act_1")));
        Assert.Equal(0, await Portal.Get<CredentialErasure>().EraseDueAsync(Cancel));

        Clock.Advance(ClientAccounts.SharingSignInLife);
        Assert.Equal(1, await Portal.Get<CredentialErasure>().EraseDueAsync(Cancel));

        Assert.False(Assert.Single((await WizardOf(_carla)).Connections).SignInLives);
        Assert.Equal([AssetState.Shared], await StatesAsync());
        Assert.Equal(PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>(await Sharing.ResumeAsync(_carla, _account)).Kind);
        Assert.Equal(0, await Portal.Get<CredentialErasure>().EraseDueAsync(Cancel));
    }

    private static AssetChoice AdAccount(string id) => new(AssetKind.AdAccount, id, $"Account {id}", null, false);

    private Task<PortalError?> ShareAsync(params AssetChoice[] chosen) => Sharing.ShareAsync(_carla, _account, Business, chosen, Cancel);

    private async Task<IReadOnlyList<AssetState>> StatesAsync() =>
        [.. (await WizardOf(_carla)).Connections.Single().Assets.Select(a => a.State)];
}

public sealed class SharingMeanwhileTestsOnSqlite() : SharingMeanwhileTests(DatabaseProvider.Sqlite);

public sealed class SharingMeanwhileTestsOnPostgres() : SharingMeanwhileTests(DatabaseProvider.Postgres);
