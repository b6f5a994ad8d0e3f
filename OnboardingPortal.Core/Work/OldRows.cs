using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>A kind of rows of agencies that nobody needs any more after a while; registered by the folder that owns them.</summary>
public sealed class OldRows
{
    private const int Batch = 500;
    private readonly Func<RetentionOptions, TimeSpan> _period;
    private readonly Func<PortalDbContext, long, DateTimeOffset, CancellationToken, Task<int>> _delete;

    private OldRows(
        string name, Func<RetentionOptions, TimeSpan> period,
        Func<PortalDbContext, long, DateTimeOffset, CancellationToken, Task<int>> delete)
    {
        Name = name;
        _period = period;
        _delete = delete;
    }

    /// <summary>The name of their period in <see cref="RetentionOptions"/>.</summary>
    public string Name { get; }

    /// <summary>
    /// Describes rows whose ids rise with time, so that each look begins at what is oldest and ends at what is young enough.
    /// </summary>
    /// <param name="name">The name of their period in <see cref="RetentionOptions"/>.</param>
    /// <param name="period">How long they are kept.</param>
    /// <param name="find">The rows of the context's agency that can go; given are the id from which rows are kept, and the time,
    /// UTC.</param>
    /// <param name="id">By which they are ordered.</param>
    public static OldRows Of<TRow, TId>(
        string name, Func<RetentionOptions, TimeSpan> period, Func<PortalDbContext, long, DateTimeOffset, IQueryable<TRow>> find,
        Expression<Func<TRow, TId>> id)
        where TRow : class => new(name, period, async (db, kept, now, cancellationToken) =>
        {
            var deleted = 0;
            for (var count = Batch; count == Batch; deleted += count)
            {
                // Some at a time: others write in between.
                count = await find(db, kept, now).OrderBy(id).Take(Batch).ExecuteDeleteAsync(cancellationToken);
            }

            return deleted;
        });

    /// <summary>Deletes those of the context's agency.</summary>
    /// <returns>How many were deleted.</returns>
    internal Task<int> DeleteAsync(PortalDbContext db, RetentionOptions options, DateTimeOffset now, CancellationToken cancellationToken) =>
        _delete(db, TimeOrderedId.First(now - _period(options)), now, cancellationToken);
}
