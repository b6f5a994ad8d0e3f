using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connections;

public abstract class ConnectedAccountsTests(DatabaseProvider database) : PortalTest(database)
{
    private MadeUpPlatform? _platform;
    private GivenRequest _request = null!;
    private ClientCaller _baker = null!;
    private ConnectionId _account;

    private MadeUpPlatform Platform => _platform!;

    private ConnectedAccounts Accounts => Portal.Get<ConnectedAccounts>();

    [Fact]
    public async Task An_account_that_works_is_noted_as_checked()
    {
        Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Null(await Accounts.CheckAsync(Member, _account, Cancel));

        Assert.Equal((ConnectionState.Active, (DateTimeOffset?)Clock.Now), Line(await LinesAsync()));
    }

    [Theory]
    [InlineData(PlatformFailureKind.AuthExpired)]
    [InlineData(PlatformFailureKind.PermissionDenied)]
    [InlineData(PlatformFailureKind.PolicyBlocked)]
    public async Task An_account_that_is_lost_gets_the_red_dot_and_once_a_line_on_the_timeline_until_it_works_again(
        PlatformFailureKind kind)
    {
        Platform.Trouble = kind;
        for (var i = 0; i < 2; i++)
            Assert.Equal(kind, Assert.IsType<PlatformFailure>(await Accounts.CheckAsync(Owner, _account, Cancel)).Kind);

        Assert.True(Assert.Single((await RowOf(_request.Id)).Accounts).Problem);
        Assert.Equal((ConnectionState.ReconnectNeeded, kind), Assert.Single((await LinesAsync()).Select(l => (l.State, l.Failure!.Value))));
        Assert.Single((await DetailsOf(_request.Id)).Events, e => e.Kind == AuditKind.AccountLost);

        Platform.Trouble = null;
        Assert.Null(await Accounts.CheckAsync(Owner, _account, Cancel));
        Assert.False(Assert.Single((await RowOf(_request.Id)).Accounts).Problem);
        Assert.Single((await DetailsOf(_request.Id)).Events, e => e.Kind == AuditKind.AccountMended);
    }

    [Theory]
    [InlineData(PlatformFailureKind.AccountInactive)]
    [InlineData(PlatformFailureKind.NetworkRefused)]
    [InlineData(PlatformFailureKind.TwoFactorNeeded)]
    public async Task What_somebody_mends_at_the_platform_is_named_and_found_mended_without_a_new_sign_in(PlatformFailureKind kind)
    {
        Platform.Trouble = kind;
        Clock.Advance(PlatformConnection.CheckEvery);
        Assert.Equal(1, await Accounts.CheckDueAsync(Cancel));
        Assert.Equal((ConnectionState.ReconnectNeeded, kind), Assert.Single((await LinesAsync()).Select(l => (l.State, l.Failure!.Value))));

        Platform.Trouble = null;
        Clock.Advance(PlatformConnection.CheckEvery);
        Assert.Equal(1, await Accounts.CheckDueAsync(Cancel));

        Assert.Equal(ConnectionState.Active, Line(await LinesAsync()).State);
        Assert.Single((await DetailsOf(_request.Id)).Events, e => e.Kind == AuditKind.AccountMended);
    }

    [Theory]
    [InlineData(PlatformFailureKind.Transient)]
    [InlineData(PlatformFailureKind.Unreachable)]
    [InlineData(PlatformFailureKind.RateLimited)]
    [InlineData(PlatformFailureKind.Nonsense)]
    public async Task A_platform_in_trouble_takes_nothing_from_an_account(PlatformFailureKind kind)
    {
        Platform.Trouble = kind;

        Assert.Equal(kind, Assert.IsType<PlatformFailure>(await Accounts.CheckAsync(Owner, _account, Cancel)).Kind);

        Assert.Equal(ConnectionState.Active, Line(await LinesAsync()).State);
    }

    [Fact]
    public async Task Credentials_that_open_another_account_by_now_count_as_lost()
    {
        Platform.Account = "somebody-else";

        Assert.Equal(
            PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>(await Accounts.CheckAsync(Owner, _account, Cancel)).Kind);
    }

    [Fact]
    public async Task Disconnecting_takes_the_access_back_at_the_platform_and_erases_the_credentials()
    {
        Assert.Equal(Disconnection.AtThePlatformToo, Value(await Accounts.DisconnectAsync(Owner, _account, Cancel)));

        Assert.Equal(1, Platform.Revocations);
        Assert.Empty(await LinesAsync());
        Assert.Empty(await SecretsAsync());
        Assert.Single((await DetailsOf(_request.Id)).Events, e => e.Kind == AuditKind.AccountRemoved);
        Assert.IsType<ConnectionNotFound>((await Accounts.DisconnectAsync(Owner, _account, Cancel)).Error);
        Assert.IsType<ConnectionNotFound>(await Accounts.CheckAsync(Owner, _account, Cancel));
    }

    [Fact]
    public async Task A_platform_that_cannot_be_told_does_not_keep_the_credentials_alive_here()
    {
        Platform.Trouble = PlatformFailureKind.Unreachable;

        Assert.Equal(Disconnection.PlatformNotReached, Value(await Accounts.DisconnectAsync(Owner, _account, Cancel)));

        Assert.Empty(await SecretsAsync());
    }

    [Fact]
    public async Task A_client_who_removes_an_account_takes_the_access_back_at_the_platform_too_and_nobody_else_can()
    {
        var other = await AParticipant(_request, "The accountant");
        Assert.IsType<RequestNotFound>(await Accounts.RevokeAsync(other, _account, Cancel));
        Assert.Equal(0, Platform.Revocations);

        Assert.Null(await Accounts.RevokeAsync(_baker, _account, Cancel));

        Assert.Equal(1, Platform.Revocations);
        Assert.Empty(await SecretsAsync());
        Assert.Empty((await WizardOf(_baker)).Connections);
    }

    [Fact]
    public async Task Only_main_users_disconnect()
    {
        Assert.IsType<NotAllowed>((await Accounts.DisconnectAsync(Member, _account, Cancel)).Error);

        Assert.Equal((0, 1), (Platform.Revocations, (await LinesAsync()).Count));
    }

    [Fact]
    public async Task The_agencys_own_account_stands_beside_those_of_clients_and_is_managed()
    {
        var connect = Portal.Get<ConnectService>();
        for (var i = 0; i < 2; i++) // connecting it again renews it
        {
            var ticket = Value(await connect.BeginAsync(Owner, MadeUpPlatform.Key, new(), Cancel));
            var start = Value(await connect.StartAsync(MadeUpPlatform.Key, ticket, null, a => a.UserId == Owner.User, Cancel));
            var state = start.Address.Query.Split("state=")[1];
            var attempt = Value(
                await connect.FinishAsync(MadeUpPlatform.Key, new ConnectAnswer(state, "code"), start.BrowserSecret, null, Cancel));
            Assert.Null(attempt.Failure);
        }

        var lines = await LinesAsync();
        Assert.Equal([true, false], lines.Select(l => l.Request is null));
        Assert.Null(await Accounts.CheckAsync(Owner, lines[0].Id, Cancel));
        Assert.Equal(Disconnection.AtThePlatformToo, Value(await Accounts.DisconnectAsync(Owner, lines[0].Id, Cancel)));
        Assert.Equal(_account, Assert.Single(await LinesAsync()).Id);
    }

    [Fact]
    public async Task Every_account_is_checked_daily_by_one_of_the_nodes()
    {
        await using var other = Portal.AnotherNode();
        Assert.Equal(0, await Accounts.CheckDueAsync(Cancel));

        Clock.Advance(PlatformConnection.CheckEvery);
        var done = await Task.WhenAll(
            new[] { Portal, other }.Select(node => Task.Run(() => node.Get<ConnectedAccounts>().CheckDueAsync(Cancel), Cancel)));

        Assert.Equal(1, done.Sum());
        Assert.Equal((ConnectionState.Active, (DateTimeOffset?)Clock.Now), Line(await LinesAsync()));
        Assert.Equal(0, await Accounts.CheckDueAsync(Cancel));
    }

    [Fact]
    public async Task An_account_outlives_its_deleted_request_and_can_still_be_disconnected()
    {
        Value(await Requests.DeleteAsync(Owner, _request.Id, Cancel));

        Assert.Null(await Accounts.CheckAsync(Owner, _account, Cancel));
        Assert.Equal(Disconnection.AtThePlatformToo, Value(await Accounts.DisconnectAsync(Owner, _account, Cancel)));

        Assert.Empty(await SecretsAsync());
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _request = await ARequest().Asking(MadeUpPlatform.Key).SentAsync();
        _baker = await AParticipant(_request);
        _ = Portal.Get<PlatformCatalog>();
        var signIn = new PlatformSignIn(new PlatformAccount("account-1", "Blue Bakery", null), Platform.Issue(TimeSpan.FromDays(3)));
        _account = Value(await Portal.Get<ClientAccounts>().AttachAsync(_baker, MadeUpPlatform.Key, signIn, Cancel));
    }

    protected override void Register(IServiceCollection services) =>
        services.AddSingleton<IPlatformClient>(provider => _platform ??= new MadeUpPlatform(provider.GetRequiredService<TimeProvider>()));

    private Task<IReadOnlyList<AccountLine>> LinesAsync() => Portal.Get<ConnectionList>().ListAccountsAsync(Owner.Scope, Cancel);

    private static (ConnectionState State, DateTimeOffset? CheckedAt) Line(IReadOnlyList<AccountLine> lines) =>
        Assert.Single(lines.Select(l => (l.State, l.LastCheckedAt)));

    private async Task<List<byte[]?>> SecretsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.Connections.Where(c => c.Credentials != null).Select(c => c.Credentials).ToListAsync(Cancel);
    }
}

public sealed class ConnectedAccountsTestsOnSqlite() : ConnectedAccountsTests(DatabaseProvider.Sqlite);

public sealed class ConnectedAccountsTestsOnPostgres() : ConnectedAccountsTests(DatabaseProvider.Postgres);
