using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>Reads the table of requests: pages by keyset, never by offset; one row of the database a line.</summary>
public sealed class RequestTable(PortalDbContextFactory contexts)
{
    /// <summary>How far <see cref="CountAsync"/> counts.</summary>
    public const int MaxCounted = 10_000;

    private static readonly Expression<Func<OnboardingRequest, RequestRow>> Row = r => new RequestRow(
        r.Id, r.RequesterId, r.FirstRecipient, r.RecipientCount, r.Status, r.RequestedAt, r.ExpiresAt, r.Activity, r.ActivityAt,
        r.ActivityPlatform, r.CompletedByName, r.Accounts);

    // The hot reads, compiled. Not static: a compiled query belongs to one model, and a process may hold one for each database.
    private readonly Func<PortalDbContext, RequestId, int, IAsyncEnumerable<RequestRow>> _before = EF.CompileAsyncQuery(
        (PortalDbContext db, RequestId id, int size) => db.Requests
            .Where(r => r.Status != RequestStatus.Deleted && r.Id < id).OrderByDescending(r => r.Id).Take(size).Select(Row));

    private readonly Func<PortalDbContext, RequestId, int, IAsyncEnumerable<RequestRow>> _after = EF.CompileAsyncQuery(
        (PortalDbContext db, RequestId id, int size) => db.Requests
            .Where(r => r.Status != RequestStatus.Deleted && r.Id > id).OrderBy(r => r.Id).Take(size).Select(Row));

    private readonly Func<PortalDbContext, RequestId, RequestStatus, int, IAsyncEnumerable<RequestRow>> _beforeInStatus =
        EF.CompileAsyncQuery(
            (PortalDbContext db, RequestId id, RequestStatus status, int size) => db.Requests
                .Where(r => r.Status != RequestStatus.Deleted && r.Status == status && r.Id < id).OrderByDescending(r => r.Id).Take(size)
                .Select(Row));

    private readonly Func<PortalDbContext, RequestId, RequestStatus, int, IAsyncEnumerable<RequestRow>> _afterInStatus =
        EF.CompileAsyncQuery(
            (PortalDbContext db, RequestId id, RequestStatus status, int size) => db.Requests
                .Where(r => r.Status != RequestStatus.Deleted && r.Status == status && r.Id > id).OrderBy(r => r.Id).Take(size)
                .Select(Row));

    /// <summary>One line, or null when the request is deleted or out of the scope.</summary>
    public async Task<RequestRow?> FindAsync(RequestScope scope, RequestId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        return await db.RequestsIn(scope).Where(r => r.Id == id).Select(Row).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Who sees whose requests in an agency.</summary>
    internal async Task<RequestVisibility> VisibilityAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Agencies.Where(a => a.Id == agency).Select(a => a.Visibility).SingleAsync(cancellationToken);
    }

    /// <summary>One page. A cursor of a row that is gone still works: it names a place, not a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not 1 to 100.</exception>
    public async Task<RequestPage> ListAsync(RequestScope scope, RequestQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Size, 100);
        await using var db = contexts.Create(scope.Agency);
        var rows = await ReadAsync(db, scope, query, cancellationToken);
        var more = rows.Count > query.Size;
        if (more) rows.RemoveAt(query.Size);
        if (query.Cursor is not { Backwards: true }) return new RequestPage(rows, query.Cursor is not null, more);
        rows.Reverse();
        return new RequestPage(rows, more, true);
    }

    /// <summary>All rows of a list, one page after the other: as many as there are, and never more than a page in memory.</summary>
    /// <param name="scope">The requests that the caller may see.</param>
    /// <param name="query">The list; a page is as large as it says, and starts where it says.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<RequestRow> ReadAllAsync(
        RequestScope scope, RequestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            var page = await ListAsync(scope, query, cancellationToken);
            foreach (var row in page.Rows) yield return row;
            more = page.HasAfter && page.Rows.Count > 0;
            if (more) query = query with { Cursor = new RequestCursor(page.Rows[^1].Id, page.Rows[^1].FirstRecipient, Backwards: false) };
        }
    }

    /// <summary>The rows of chosen requests, newest first; those that are deleted or out of the scope are left out.</summary>
    public async Task<IReadOnlyList<RequestRow>> ListChosenAsync(
        RequestScope scope, IReadOnlyCollection<RequestId> ids, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        return await db.RequestsIn(scope).Where(r => ids.Contains(r.Id)).OrderByDescending(r => r.Id).Select(Row)
            .ToListAsync(cancellationToken);
    }

    /// <summary>How many rows the list has in all, counted up to <see cref="MaxCounted"/>.</summary>
    public async Task<int> CountAsync(RequestScope scope, string? search, RequestStatus? status, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        return await Filtered(db, scope, search, status).OrderBy(r => r.Id).Take(MaxCounted).CountAsync(cancellationToken);
    }

    private async Task<List<RequestRow>> ReadAsync(
        PortalDbContext db, RequestScope scope, RequestQuery query, CancellationToken cancellationToken)
    {
        var size = query.Size + 1;
        if (scope.OnlyOf is null && query.Sort is RequestSort.Newest or RequestSort.Oldest && !RequestSearch.HasWords(query.Search))
        {
            var descending = query.Sort == RequestSort.Newest != query.Cursor is { Backwards: true };
            var from = query.Cursor?.Id ?? RequestId.From(descending ? long.MaxValue : 0);
            var read = (descending, query.Status) switch
            {
                (true, null) => _before(db, from, size),
                (false, null) => _after(db, from, size),
                (true, { } status) => _beforeInStatus(db, from, status, size),
                (false, { } status) => _afterInStatus(db, from, status, size),
            };
            var rows = new List<RequestRow>(size);
            await foreach (var row in read.WithCancellation(cancellationToken)) rows.Add(row);
            return rows;
        }

        return await Ordered(Filtered(db, scope, query.Search, query.Status), query).Take(size).Select(line => line.Request).Select(Row)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Line> Filtered(PortalDbContext db, RequestScope scope, string? search, RequestStatus? status)
    {
        var requests = db.RequestsIn(scope);
        if (status is { } wanted) requests = requests.Where(r => r.Status == wanted);
        return RequestSearch.HasWords(search)
            ? db.SearchRequests(scope.Agency, search!).Join(requests, f => f.Id, r => r.Id, (f, r) => new Line { Id = f.Id, Request = r })
            : requests.Select(r => new Line { Id = r.Id, Request = r });
    }

    private static IQueryable<Line> Ordered(IQueryable<Line> lines, RequestQuery query)
    {
        var descending = query.Sort is RequestSort.Newest or RequestSort.RecipientDescending;
        var byRecipient = query.Sort is RequestSort.Recipient or RequestSort.RecipientDescending;
        if (query.Cursor is { } cursor)
        {
            if (cursor.Backwards) descending = !descending;
            var id = cursor.Id;
            var recipient = cursor.Recipient;
            lines = (byRecipient, descending) switch
            {
                (false, true) => lines.Where(l => l.Id < id),
                (false, false) => lines.Where(l => l.Id > id),
                (true, true) =>
                    lines.Where(
                        l => l.Request.FirstRecipient.CompareTo(recipient) < 0 || (l.Request.FirstRecipient == recipient && l.Id < id)),
                (true, false) =>
                    lines.Where(
                        l => l.Request.FirstRecipient.CompareTo(recipient) > 0 || (l.Request.FirstRecipient == recipient && l.Id > id)),
            };
        }

        return (byRecipient, descending) switch
        {
            (false, true) => lines.OrderByDescending(l => l.Id),
            (false, false) => lines.OrderBy(l => l.Id),
            (true, true) => lines.OrderByDescending(l => l.Request.FirstRecipient).ThenByDescending(l => l.Id),
            (true, false) => lines.OrderBy(l => l.Request.FirstRecipient).ThenBy(l => l.Id),
        };
    }

    /// <summary>
    /// A request, and its id from where the database goes through ids in order: a search's index, or the requests themselves.
    /// </summary>
    private sealed class Line
    {
        public required RequestId Id { get; init; }

        public required OnboardingRequest Request { get; init; }
    }
}
