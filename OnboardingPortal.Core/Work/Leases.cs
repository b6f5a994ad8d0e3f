using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// How rows of a kind are claimed, in columns of their own: a claim lasts until its lease ends, and its fencing token, which is the end of
/// the lease and, where claims are counted, their number, tells it from every later one.
/// </summary>
/// <param name="length">How long a claim lasts: longer than the longest step of the work.</param>
/// <param name="until">The column that holds the end of a row's lease, UTC; null there = nobody has it.</param>
/// <param name="claims">The column that counts a row's claims; null = they are not counted.</param>
internal sealed class Leases<TRow>(
    TimeSpan length, Expression<Func<TRow, DateTimeOffset?>> until, Expression<Func<TRow, int>>? claims = null)
    where TRow : class
{
    private readonly Expression<Func<TRow, int>>? _oneMore = claims is null ? null
        : Expression.Lambda<Func<TRow, int>>(Expression.Add(claims.Body, Expression.Constant(1)), claims.Parameters);

    /// <summary>
    /// When a claim that is made now ends, UTC. In whole milliseconds, since a database may keep no more and the end tells claims apart.
    /// </summary>
    public DateTimeOffset EndFrom(DateTimeOffset now) =>
        new(((now + length).UtcTicks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>The rows that nobody has.</summary>
    public IQueryable<TRow> Free(IQueryable<TRow> rows, DateTimeOffset now)
    {
        var none = Expression.Constant(null, typeof(DateTimeOffset?));
        var end = Parameter(now);
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(
            Expression.OrElse(Expression.Equal(until.Body, none), Expression.LessThanOrEqual(until.Body, end)), until.Parameters));
    }

    /// <summary>The rows that are still under a claim.</summary>
    /// <param name="rows">Any rows.</param>
    /// <param name="end">The end of its lease, as <see cref="EndFrom"/> gave it.</param>
    public IQueryable<TRow> Under(IQueryable<TRow> rows, DateTimeOffset end) =>
        rows.Where(Expression.Lambda<Func<TRow, bool>>(Expression.Equal(until.Body, Parameter(end)), until.Parameters));

    /// <summary>Claims rows in one statement; what of them may be claimed is the caller's to say.</summary>
    /// <param name="rows">What is claimed.</param>
    /// <param name="end">The end of the lease, as <see cref="EndFrom"/> gave it.</param>
    /// <param name="also">What a claim writes beside it; null = nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>How many were claimed.</returns>
    public Task<int> ClaimAsync(
        IQueryable<TRow> rows, DateTimeOffset end, Action<UpdateSettersBuilder<TRow>>? also, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(
            set =>
            {
                if (_oneMore is not null) set.SetProperty(claims!, _oneMore);
                set.SetProperty(until, end);
                also?.Invoke(set);
            },
            cancellationToken);

    /// <summary>Writes what was done of rows under a claim, and prolongs the claim or ends it.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="end">The end of the claim's lease.</param>
    /// <param name="next">When it ends now, UTC; null = it is handed back.</param>
    /// <param name="also">What is written with it; null = nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>How many are still under the claim; none is written otherwise.</returns>
    public Task<int> WriteAsync(
        IQueryable<TRow> rows, DateTimeOffset end, DateTimeOffset? next, Action<UpdateSettersBuilder<TRow>>? also,
        CancellationToken cancellationToken) =>
        Under(rows, end).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(until, next);
                also?.Invoke(set);
            },
            cancellationToken);

    /// <summary>A parameter of the query: a constant would be compiled anew for each instant.</summary>
    private static MemberExpression Parameter(DateTimeOffset value) =>
        Expression.Property(Expression.Constant(new Instant(value)), nameof(Instant.Value));

    private sealed record Instant(DateTimeOffset? Value);
}
