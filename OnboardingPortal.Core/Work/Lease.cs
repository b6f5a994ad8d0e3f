using Microsoft.EntityFrameworkCore.Query;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// This node's claim on one row. What is written through it is written only while the claim holds: once somebody else has the row, or took
/// it away, it is lost.
/// </summary>
internal sealed class Lease<TRow>(
    Leases<TRow> leases, PortalDbContextFactory contexts, AgencyId agency, Func<PortalDbContext, IQueryable<TRow>> row,
    DateTimeOffset until, TimeProvider clock)
    where TRow : class
{
    /// <summary>When another node may take over, UTC.</summary>
    public DateTimeOffset Until { get; private set; } = until;

    /// <summary>Prolongs the claim: call it before each long step, and at least once a lease.</summary>
    /// <param name="progress">What is written down with it, such as how far the work is; null = nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="LeaseLostException">The row is somebody else's by now, or its work was cancelled: nothing was written.</exception>
    public async Task RenewAsync(Action<UpdateSettersBuilder<TRow>>? progress, CancellationToken cancellationToken)
    {
        var next = leases.EndFrom(clock.GetUtcNow());
        await using var db = contexts.Create(agency);
        if (await leases.WriteAsync(row(db), Until, next, progress, cancellationToken) == 0) throw new LeaseLostException();
        Until = next;
    }

    /// <summary>Hands the row back, so that it is free at once.</summary>
    /// <param name="outcome">What is written down with it, such as that the work is done; null = nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False when the claim was lost before: nothing was written.</returns>
    public async Task<bool> HandBackAsync(Action<UpdateSettersBuilder<TRow>>? outcome, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await leases.WriteAsync(row(db), Until, null, outcome, cancellationToken) == 1;
    }
}

/// <summary>The work on a row ends: it is somebody else's, or it was cancelled.</summary>
internal sealed class LeaseLostException() : Exception("The row is not under this node's claim any more.");
