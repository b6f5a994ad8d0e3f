using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>A live page ends with the session it was opened in, on whichever node somebody ended it; and nobody opens too many.</summary>
public abstract class OpenCircuitsTests(DatabaseProvider database) : PortalTest(database)
{
    private readonly FailingCommands _commands = new();

    [Fact]
    public async Task Only_the_pages_of_ended_sessions_end()
    {
        using var circuits = CircuitsOf(Portal);
        var (one, two, theirs) = (await SignInAsync(Owner), await SignInAsync(Owner), await SignInAsync(Member));
        var ended = Hold(circuits, Owner, one);
        var (other, colleague) = (Hold(circuits, Owner, two), Hold(circuits, Member, theirs));

        await Portal.Get<UserSessions>().EndOwnAsync(Owner, one, Cancel);
        await ended.WaitAsync(Cancel);
        Assert.False(other.IsCompleted || colleague.IsCompleted);

        await Portal.Get<UserSessions>().EndAllAsync(Owner.Agency, Owner.User, null, Cancel);
        await other.WaitAsync(Cancel);
        Assert.False(colleague.IsCompleted);
    }

    [Fact]
    public async Task A_page_that_is_closed_already_is_not_ended_again()
    {
        using var circuits = CircuitsOf(Portal);
        var session = await SignInAsync(Owner);
        circuits.TryHold(new CircuitHolder(Owner.User, session, [], null), () => Assert.Fail("It is closed."))!.Dispose();
        var open = Hold(circuits, Owner, session);

        await Portal.Get<UserSessions>().EndOwnAsync(Owner, null, Cancel);

        await open.WaitAsync(Cancel);
    }

    [Fact]
    public async Task What_a_lost_announcement_left_open_is_ended_by_the_next_sweep()
    {
        using var circuits = CircuitsOf(Portal);
        var (one, two) = (await SignInAsync(Owner), await SignInAsync(Owner));
        var (ended, other) = (Hold(circuits, Owner, one), Hold(circuits, Owner, two));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.UserSessions.Where(s => s.Id == one).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, Clock.Now), Cancel);
        }

        await circuits.SweepAsync();

        Assert.True(ended.IsCompleted);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task There_is_a_most_for_a_session_for_an_address_and_in_all()
    {
        using var circuits = CircuitsOf(Portal, new CircuitLimits { MostPerSession = 2, MostPerAddress = 3, Most = 4 });
        var (one, two) = (await SignInAsync(Owner), await SignInAsync(Member));
        IDisposable? Open(AgencyCaller user, UserSessionId session, string address) =>
            circuits.TryHold(new CircuitHolder(user.User, session, [], address), () => { });

        using var first = Open(Owner, one, "192.0.2.1");
        var second = Open(Owner, one, "192.0.2.1");
        Assert.Null(Open(Owner, one, "192.0.2.2"));
        using var third = Open(Member, two, "192.0.2.1");
        Assert.Null(Open(Member, two, "192.0.2.1"));
        using var fourth = Open(Member, two, "192.0.2.2");
        Assert.Null(Open(Stranger, UserSessionId.From(1), "192.0.2.3"));

        second!.Dispose();
        using var again = Open(Owner, one, "192.0.2.1");
        Assert.NotNull(again);
    }

    [Fact]
    public async Task There_is_a_most_for_a_participant_for_a_request_and_for_clients_and_none_of_it_is_taken_from_users()
    {
        using var circuits = CircuitsOf(
            Portal, new CircuitLimits { MostPerParticipant = 1, MostPerRequest = 2, MostPerAddress = 3, MostOfClients = 4, Most = 5 });
        var id = 0;
        ClientCaller Somebody(long request) => new(Owner.Agency, RequestId.From(request), ParticipantId.From(++id), "The baker", null);
        IDisposable? Open(ClientCaller caller, string address) =>
            circuits.TryHold(new CircuitHolder(null, null, [caller], address), () => { });
        var baker = Somebody(1);

        using var first = Open(baker, "192.0.2.1");
        Assert.Null(Open(baker, "192.0.2.2")); // one of this participant
        using var second = Open(Somebody(1), "192.0.2.1");
        Assert.Null(Open(Somebody(1), "192.0.2.2")); // two of this request
        using var third = Open(Somebody(2), "192.0.2.1");
        Assert.Null(Open(Somebody(3), "192.0.2.1")); // three of this address
        using var fourth = Open(Somebody(3), "192.0.2.2");
        Assert.Null(Open(Somebody(4), "192.0.2.3")); // four of clients
        using var user = circuits.TryHold(new CircuitHolder(Owner.User, await SignInAsync(Owner), [], "192.0.2.1"), () => { });

        Assert.NotNull(user);
        Assert.All([first, second, third, fourth], Assert.NotNull);
    }

    [Fact]
    public async Task A_sweep_ends_the_pages_of_clients_whose_request_is_deleted()
    {
        using var circuits = CircuitsOf(Portal);
        var (deleted, open) = (await ARequest().SentAsync(), await ARequest().SentAsync());
        var (ended, other) = (Hold(circuits, await AParticipant(deleted)), Hold(circuits, await AParticipant(open)));
        await Portal.Get<RequestService>().DeleteAsync(Owner, deleted.Id, Cancel);

        await circuits.SweepAsync();

        Assert.True(ended.IsCompleted);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task A_sweep_that_fails_once_ends_nothing_and_two_in_a_row_end_not_everybody_at_once()
    {
        using var circuits = CircuitsOf(Portal);
        Task[] pages = [
            Hold(circuits, Owner, await SignInAsync(Owner)), Hold(circuits, Member, await SignInAsync(Member)),
            Hold(circuits, Stranger, await SignInAsync(Stranger))
        ];
        void Fail() =>
            _commands.Before = command => command.Contains("user_sessions", StringComparison.Ordinal)
                ? throw new NpgsqlException("The connection was lost.")
                : Task.CompletedTask;

        Fail();
        await circuits.SweepAsync();
        Assert.DoesNotContain(pages, p => p.IsCompleted);
        _commands.Before = _ => Task.CompletedTask;
        await circuits.SweepAsync();
        Fail();
        await circuits.SweepAsync(); // not two in a row
        Assert.DoesNotContain(pages, p => p.IsCompleted);

        await circuits.SweepAsync();
        Assert.Equal(1, pages.Count(p => p.IsCompleted));
        for (var sweep = 0; sweep < 5; sweep++) await circuits.SweepAsync();
        Assert.All(pages, p => Assert.True(p.IsCompleted));
    }

    protected override void Register(IServiceCollection services) => _commands.Register(services);

    protected static OpenCircuits CircuitsOf(TestPortal node, CircuitLimits? limits = null) =>
        new(node.Get<UserSessions>(), node.Get<WizardService>(), node.Get<SessionFeed>(), limits ?? new CircuitLimits(), node.Clock,
            node.Get<ILogger<OpenCircuits>>());

    /// <summary>A live page; completes when it is ended.</summary>
    protected static Task Hold(OpenCircuits circuits, AgencyCaller user, UserSessionId session) =>
        Hold(circuits, new CircuitHolder(user.User, session, [], "192.0.2.10"));

    private static Task Hold(OpenCircuits circuits, ClientCaller client) =>
        Hold(circuits, new CircuitHolder(null, null, [client], "192.0.2.10"));

    private static Task Hold(OpenCircuits circuits, CircuitHolder holder)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.NotNull(circuits.TryHold(holder, ended.SetResult));
        return ended.Task;
    }

    protected async Task<UserSessionId> SignInAsync(AgencyCaller user)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        return await Portal.Get<UserSessions>()
            .StartAsync(await db.Users.SingleAsync(u => u.Id == user.User.Value, Cancel), null, null, Cancel);
    }
}

public sealed class OpenCircuitsTestsOnSqlite() : OpenCircuitsTests(DatabaseProvider.Sqlite);

public sealed class OpenCircuitsTestsOnPostgres() : OpenCircuitsTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task A_page_on_one_node_ends_when_its_session_is_ended_on_another()
    {
        await using var node = Portal.AnotherNode();
        using var circuits = CircuitsOf(node);
        using var ear = new PostgresFeed(node.Contexts, node.Get<IEnumerable<INodeListener>>(), node.Get<DatabaseState>(), Clock);
        await ear.StartAsync(Cancel);
        await ear.Listening.Task.WaitAsync(Cancel);
        var session = await SignInAsync(Member);
        var (ended, colleague) = (Hold(circuits, Member, session), Hold(circuits, Owner, await SignInAsync(Owner)));

        await Portal.Get<UserSessions>().EndAllAsync(Member.Agency, Member.User, null, Cancel);

        await ended.WaitAsync(Cancel);
        Assert.False(colleague.IsCompleted);
        await ear.StopAsync(Cancel);
    }
}
