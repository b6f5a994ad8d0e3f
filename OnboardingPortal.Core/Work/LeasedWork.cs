using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Background work over rows that one node at a time works on. A subclass says which rows are due and does a turn of one; the rest is done
/// here. A row is claimed under a lease. Rows take turns, some are done side by side, and a slow one holds up no other. One that fails
/// rests, with growing pauses, and is shown to main users when it keeps failing. A node that is told to stop hands its rows back; one that
/// dies loses nothing, since another takes over when the lease has run out.
/// </summary>
internal abstract class LeasedWork<TRow, TId>
    where TRow : class, IAgencyOwned
    where TId : struct, IId<TId>
{
    private const int MaxFound = 100;
    private readonly WorkSignal _signal;
    private readonly Lazy<Func<TRow, TId>> _idOf;
    private readonly Lazy<Expression<Func<TRow, TId>>> _id;

    /// <summary>Makes the work of this node.</summary>
    /// <param name="contexts">Makes contexts.</param>
    /// <param name="items">Lets rows stand alone.</param>
    /// <param name="signal">Wakes the next round when one was long enough and there is more to do.</param>
    /// <param name="clock">Tells the time.</param>
    protected LeasedWork(PortalDbContextFactory contexts, RoundItems items, WorkSignal signal, TimeProvider clock)
    {
        Contexts = contexts;
        Items = items;
        Clock = clock;
        _signal = signal;
        _id = new(() => Id);
        _idOf = new(() => _id.Value.Compile());
    }

    /// <summary>Makes contexts.</summary>
    protected PortalDbContextFactory Contexts { get; }

    /// <summary>Lets rows stand alone.</summary>
    protected RoundItems Items { get; }

    /// <summary>Tells the time.</summary>
    protected TimeProvider Clock { get; }

    /// <summary>Names the work where main users see that a row keeps failing.</summary>
    protected abstract RoundKind Kind { get; }

    /// <summary>In which column rows are claimed, and for how long: longer than the longest step of a turn.</summary>
    protected abstract Leases<TRow> Leases { get; }

    /// <summary>A row's id; rows take their turns in its order.</summary>
    protected abstract Expression<Func<TRow, TId>> Id { get; }

    /// <summary>How many rows a node does at a time.</summary>
    protected virtual int AtOnce => 1;

    /// <summary>How many turns a round has; when there is more to do, the next round is woken.</summary>
    protected virtual int MaxTurns => 20;

    /// <summary>Those of the rows that have something to be done, whoever has them.</summary>
    protected abstract IQueryable<TRow> Due(IQueryable<TRow> rows);

    /// <summary>
    /// Does a turn of one row: at most as much as the lease allows for, or in steps that each begin with
    /// <see cref="Lease{TRow}.RenewAsync"/>, which also ends the turn when the row's work was cancelled meanwhile.
    /// </summary>
    /// <param name="row">As it was found, untracked.</param>
    /// <param name="lease">This node's claim on it.</param>
    /// <param name="round">Lets parts of a row stand alone as well.</param>
    /// <param name="cancellationToken">The node is told to stop.</param>
    protected abstract Task<Turn> DoAsync(TRow row, Lease<TRow> lease, RoundItems.Round round, CancellationToken cancellationToken);

    /// <summary>One round: rows that are due have their turns until none is left, or the round was long enough.</summary>
    /// <returns>How much was done, as the turns count it.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var round = await Items.BeginAsync(Kind, cancellationToken);
        var done = 0;
        var turns = 0;
        var waiting = new Queue<TRow>();
        await using var crew = new Crew<int>(Clock);
        while (true)
        {
            var mayBegin = crew.Count < AtOnce && turns < MaxTurns;
            if (mayBegin && waiting.Count == 0) waiting = new(await FindAsync(cancellationToken));
            while (crew.Count < AtOnce && turns < MaxTurns && waiting.TryDequeue(out var row))
            {
                if (await ClaimAsync(row, cancellationToken) is not { } lease) continue; // another node was quicker
                crew.Add(TakeTurnAsync(row, lease, round, cancellationToken));
                turns++;
            }

            if (crew.Count == 0) break;
            foreach (var ended in await crew.WaitAsync(cancellationToken)) done += await ended;
        }

        if (turns >= MaxTurns) _signal.Wake();
        return done;
    }

    private async Task<List<TRow>> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = Contexts.CreateForSystem();
        return await Leases.Free(Due(db.Set<TRow>().IgnoreQueryFilters().AsNoTracking()), Clock.GetUtcNow())
            .OrderBy(_id.Value).Take(MaxFound).ToListAsync(cancellationToken);
    }

    private async Task<Lease<TRow>?> ClaimAsync(TRow row, CancellationToken cancellationToken)
    {
        var id = IdOf(row);
        var now = Clock.GetUtcNow();
        var end = Leases.EndFrom(now);
        await using var db = Contexts.Create(row.AgencyId);
        return await Leases.ClaimAsync(Leases.Free(Due(Find(db, id)), now), end, null, cancellationToken) == 1
            ? new Lease<TRow>(Leases, Contexts, row.AgencyId, own => Find(own, id), end, Clock)
            : null;
    }

    private async Task<int> TakeTurnAsync(TRow row, Lease<TRow> lease, RoundItems.Round round, CancellationToken cancellationToken)
    {
        var turn = default(Turn);
        try
        {
            // One that fails keeps its lease: it rests at least that long.
            await round.TryAsync(row.AgencyId, IdOf(row), async () =>
            {
                try
                {
                    turn = await DoAsync(row, lease, round, cancellationToken);
                }
                catch (LeaseLostException)
                {
                    // It was cancelled, or this node was so slow that another goes on with it: no failure of the row.
                }
            }, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await lease.HandBackAsync(null, CancellationToken.None); // another node need not wait for the lease to run out
            throw;
        }

        if (turn.MayGoOn) await lease.HandBackAsync(null, CancellationToken.None); // also when the node is stopping
        return turn.Done;
    }

    private TId IdOf(TRow row) => _idOf.Value(row);

    private IQueryable<TRow> Find(PortalDbContext db, TId id) => db.Set<TRow>().Where(Expression.Lambda<Func<TRow, bool>>(
        Expression.Equal(_id.Value.Body, Expression.Property(Expression.Constant(new Key(id)), nameof(Key.Value))), _id.Value.Parameters));

    private sealed record Key(TId Value);
}

/// <summary>What came of a row's turn.</summary>
/// <param name="Done">How much was done.</param>
/// <param name="MayGoOn">Whether the row is free for its next turn; otherwise it rests until its lease has run out.</param>
internal readonly record struct Turn(int Done, bool MayGoOn);
