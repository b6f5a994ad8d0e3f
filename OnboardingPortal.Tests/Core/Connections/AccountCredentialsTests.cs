using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connections;

/// <summary>Credentials that work once are renewed once, whoever asks at the same instant.</summary>
public abstract class AccountCredentialsTests(DatabaseProvider database) : PortalTest(database)
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FailingCommands _commands = new();
    private MadeUpPlatform? _platform;
    private ConnectionId _account;
    private ClientCaller _baker = null!;

    private MadeUpPlatform Platform => _platform!;

    [Fact]
    public async Task Credentials_that_live_are_used_as_they_are()
    {
        Assert.Equal("access-1", Value(await UseAsync(Portal)));

        Assert.Equal(0, Platform.Refreshes);
    }

    [Fact]
    public async Task Credentials_near_their_end_are_renewed_before_they_are_used_and_kept()
    {
        Clock.Advance(TimeSpan.FromMinutes(56));

        Assert.Equal("access-2", Value(await UseAsync(Portal)));
        Assert.Equal("access-2", Value(await UseAsync(Portal)));

        Assert.Equal(1, Platform.Refreshes);
    }

    [Fact]
    public async Task Credentials_that_the_platform_refuses_before_their_end_are_renewed_once_and_the_call_is_made_again()
    {
        Platform.ForgetAccessToken();

        Assert.Equal(
            "account-1",
            Value(await Portal.Get<AccountCredentials>().UseAsync(Owner.Agency, _account, Platform.IdentifyAsync, Cancel)).ExternalId);

        Assert.Equal(1, Platform.Refreshes);
    }

    [Fact]
    public async Task Whatever_needs_them_at_the_same_instant_on_two_nodes_they_are_renewed_once()
    {
        await using var other = Portal.AnotherNode();
        Clock.Advance(TimeSpan.FromMinutes(56));
        Platform.Gate = _gate.Task;

        var uses = Enumerable.Range(0, 10).Select(i => UseAsync(i % 2 == 0 ? Portal : other)).ToList();
        await UntilAsync(() => Platform.Refreshes == 1);
        _gate.SetResult();
        // The node that renews needs no clock, and the clock must not end its claim meanwhile.
        await Task.WhenAny(Task.WhenAll(uses.Where((_, i) => i % 2 == 0)), Task.WhenAll(uses.Where((_, i) => i % 2 == 1)));
        var looks = 0;
        await UntilAsync(() =>
        {
            if (Clock.Waits.Count > looks) // the other node waits to look again
            {
                looks = Clock.Waits.Count;
                Clock.Advance(TimeSpan.FromMilliseconds(250));
            }

            return uses.TrueForAll(u => u.IsCompleted);
        });

        Assert.All(await Task.WhenAll(uses), used => Assert.Equal("access-2", Value(used)));
        Assert.Equal((1, false), (Platform.Refreshes, Platform.IsBroken));
    }

    [Fact]
    public async Task A_node_that_died_while_renewing_does_not_lock_the_account()
    {
        Clock.Advance(TimeSpan.FromMinutes(56));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Connections.ExecuteUpdateAsync(
                set => set.SetProperty(c => c.RefreshClaimedUntil, Clock.Now + AccountCredentials.Claim), Cancel);
        }

        Clock.SkipWaits = true; // each look a quarter of a second later, until the claim has run out
        Assert.Equal("access-2", Value(await UseAsync(Portal)));

        Assert.Equal(1, Platform.Refreshes);
    }

    [Fact]
    public async Task A_sign_in_that_comes_while_they_are_renewed_is_not_overwritten()
    {
        Clock.Advance(TimeSpan.FromMinutes(56));
        Platform.Gate = _gate.Task;
        var use = UseAsync(Portal);
        await UntilAsync(() => Platform.Refreshes == 1);

        var fresh = new PlatformSignIn(
            new PlatformAccount("account-1", "Blue Bakery", null),
            new PlatformCredentials("access-new", "refresh-new", Clock.Now + TimeSpan.FromHours(1), null));
        Value(await Portal.Get<ClientAccounts>().AttachAsync(_baker, MadeUpPlatform.Key, fresh, Cancel));
        _gate.SetResult();

        Assert.Equal("access-new", Value(await use));
        Assert.Equal("access-new", Value(await UseAsync(Portal)));
    }

    [Fact]
    public async Task A_data_key_that_is_renewed_meanwhile_does_not_lose_what_the_platform_answered()
    {
        Clock.Advance(TimeSpan.FromDays(366));
        Platform.Gate = _gate.Task;
        var use = UseAsync(Portal);
        await UntilAsync(() => Platform.Refreshes == 1);

        await Portal.Get<KeyRing>().RotateDueAsync(Cancel);
        _gate.SetResult();

        Assert.Equal("access-2", Value(await use));
        Assert.Equal("access-2", Value(await UseAsync(Portal)));
        Assert.False(Platform.IsBroken);
    }

    [Fact]
    public async Task Passing_trouble_is_told_once_nothing_works_any_more_and_leaves_everything_as_it_was()
    {
        Clock.Advance(TimeSpan.FromMinutes(56));
        Platform.Trouble = PlatformFailureKind.Transient;
        Assert.Equal("access-1", Value(await UseAsync(Portal))); // good for four minutes more

        Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(PlatformFailureKind.Transient, Assert.IsType<PlatformFailure>((await UseAsync(Portal)).Error).Kind);

        Platform.Trouble = null;
        Assert.Equal("access-2", Value(await UseAsync(Portal)));
        Assert.Equal(3, Platform.Refreshes);
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_lose_what_the_platform_answered()
    {
        Clock.Advance(TimeSpan.FromMinutes(56));
        Platform.Gate = _gate.Task;
        using var stop = new CancellationTokenSource();
        var impatient = Portal.Get<AccountCredentials>()
            .UseAsync(Owner.Agency, _account, (c, _) => Task.FromResult<Result<string>>(c.AccessToken), stop.Token);
        await UntilAsync(() => Platform.Refreshes == 1);
        await stop.CancelAsync();
        _gate.SetResult();
        await Record.ExceptionAsync(() => impatient);

        Assert.Equal("access-2", Value(await UseAsync(Portal)));
        Assert.Equal((1, false), (Platform.Refreshes, Platform.IsBroken));
    }

    [Fact]
    public async Task What_the_platform_answered_is_saved_however_often_the_database_fails_meanwhile_and_whoever_stops_waiting()
    {
        Clock.Advance(TimeSpan.FromMinutes(56));
        using var stop = new CancellationTokenSource();
        var failures = 0;
        _commands.Before = command =>
        {
            if (!command.StartsWith("UPDATE", StringComparison.Ordinal)
                || !command.Contains("CredentialsExpireAt", StringComparison.Ordinal) || ++failures > 5) return Task.CompletedTask;
            stop.Cancel();
            throw new NpgsqlException("The connection was lost.");
        };
        Clock.SkipWaits = true;

        await Record.ExceptionAsync(
            () => Portal.Get<AccountCredentials>()
                .UseAsync(Owner.Agency, _account, (c, _) => Task.FromResult<Result<string>>(c.AccessToken), stop.Token));
        await UntilAsync(() => failures > 5);

        Assert.Equal("access-2", Value(await UseAsync(Portal)));
        Assert.Equal((1, false), (Platform.Refreshes, Platform.IsBroken));
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _baker = await AParticipant(await ARequest().Asking(MadeUpPlatform.Key).SentAsync());
        _ = Portal.Get<PlatformCatalog>();
        var signIn = new PlatformSignIn(new PlatformAccount("account-1", "Blue Bakery", null), Platform.Issue(TimeSpan.FromHours(1)));
        _account = Value(await Portal.Get<ClientAccounts>().AttachAsync(_baker, MadeUpPlatform.Key, signIn, Cancel));
    }

    // One platform for all nodes, as in life.
    protected override void Register(IServiceCollection services)
    {
        _commands.Register(services);
        services.AddSingleton<IPlatformClient>(provider => _platform ??= new MadeUpPlatform(provider.GetRequiredService<TimeProvider>()));
    }

    private Task<Result<string>> UseAsync(TestPortal node) => Task.Run(
        () => node.Get<AccountCredentials>()
            .UseAsync(Owner.Agency, _account, (c, _) => Task.FromResult<Result<string>>(c.AccessToken), Cancel), Cancel);
}

public sealed class AccountCredentialsTestsOnSqlite() : AccountCredentialsTests(DatabaseProvider.Sqlite);

public sealed class AccountCredentialsTestsOnPostgres() : AccountCredentialsTests(DatabaseProvider.Postgres);
