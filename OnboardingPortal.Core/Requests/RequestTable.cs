using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>Reads the table of requests: pages by keyset, never by offset; one row of the database a line.</summary>
public sealed class RequestTable(PortalDbContextFactory contexts)
{
    /// <summary>How far <see cref="CountAsync"/> counts.</summary>
    public const int MostCounted = 10_000;

    // Not static: a compiled query belongs to one model, and a process may hold one for each database.
    private readonly Func<PortalDbContext, RequestId, int, IAsyncEnumerable<RequestRow>> _newestBefore = EF.CompileAsyncQuery(
        (PortalDbContext db, RequestId id, int size) => db.Requests.AsNoTracking()
            .Where(r => r.Status != RequestStatus.Deleted && r.Id < id).OrderByDescending(r => r.Id).Take(size)
            .Select(r => new RequestRow(
                r.Id, r.FirstRecipient, r.RecipientCount, r.Status, r.RequestedAt, r.ExpiresAt, r.Activity, r.ActivityAt,
                r.ActivityPlatform == null ? null : r.ActivityPlatform.Value.Value, r.CompletedByName, r.Accounts)));

    /// <summary>One line, or null when the request is deleted or another agency's.</summary>
    public async Task<RequestRow?> FindAsync(AgencyId agency, RequestId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await Rows(Alive(db.Requests).Where(r => r.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>One page. A cursor of a row that is gone still works: it names a place, not a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not 1 to 100.</exception>
    public async Task<RequestPage> ListAsync(AgencyId agency, RequestQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Size, 100);
        await using var db = contexts.Create(agency);
        var rows = await ReadAsync(db, agency, query, cancellationToken);
        var more = rows.Count > query.Size;
        if (more) rows.RemoveAt(query.Size);
        if (query.Cursor is not { Backwards: true }) return new RequestPage(rows, query.Cursor is not null, more);
        rows.Reverse();
        return new RequestPage(rows, more, true);
    }

    /// <summary>How many rows the list has in all, counted up to <see cref="MostCounted"/>.</summary>
    public async Task<int> CountAsync(AgencyId agency, string? search, RequestStatus? status, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await Filtered(db, agency, search, status).Take(MostCounted).CountAsync(cancellationToken);
    }

    private async Task<List<RequestRow>> ReadAsync(PortalDbContext db, AgencyId agency, RequestQuery query, CancellationToken cancellationToken)
    {
        var size = query.Size + 1;
        if (query is { Sort: RequestSort.Newest, Status: null, Cursor: null or { Backwards: false } } && !RequestSearch.HasWords(query.Search))
        {
            var rows = new List<RequestRow>(size); // the hot read: compiled once
            await foreach (var row in _newestBefore(db, query.Cursor?.Id ?? new RequestId(long.MaxValue), size).WithCancellation(cancellationToken)) rows.Add(row);
            return rows;
        }

        return await Rows(Ordered(Filtered(db, agency, query.Search, query.Status), query).Take(size)).ToListAsync(cancellationToken);
    }

    private static IQueryable<OnboardingRequest> Alive(IQueryable<OnboardingRequest> requests) => requests.AsNoTracking().Where(r => r.Status != RequestStatus.Deleted);

    private static IQueryable<OnboardingRequest> Filtered(PortalDbContext db, AgencyId agency, string? search, RequestStatus? status)
    {
        var requests = Alive(RequestSearch.HasWords(search) ? db.SearchRequests(agency, search!) : db.Requests);
        return status is { } wanted ? requests.Where(r => r.Status == wanted) : requests;
    }

    private static IQueryable<OnboardingRequest> Ordered(IQueryable<OnboardingRequest> requests, RequestQuery query)
    {
        var (descending, byRecipient) = (query.Sort is RequestSort.Newest or RequestSort.RecipientDescending, query.Sort is RequestSort.Recipient or RequestSort.RecipientDescending);
        if (query.Cursor is { } cursor)
        {
            if (cursor.Backwards) descending = !descending;
            var (id, recipient) = (cursor.Id, cursor.Recipient);
            requests = (byRecipient, descending) switch
            {
                (false, true) => requests.Where(r => r.Id < id),
                (false, false) => requests.Where(r => r.Id > id),
                (true, true) => requests.Where(r => r.FirstRecipient.CompareTo(recipient) < 0 || (r.FirstRecipient == recipient && r.Id < id)),
                (true, false) => requests.Where(r => r.FirstRecipient.CompareTo(recipient) > 0 || (r.FirstRecipient == recipient && r.Id > id)),
            };
        }

        return (byRecipient, descending) switch
        {
            (false, true) => requests.OrderByDescending(r => r.Id),
            (false, false) => requests.OrderBy(r => r.Id),
            (true, true) => requests.OrderByDescending(r => r.FirstRecipient).ThenByDescending(r => r.Id),
            (true, false) => requests.OrderBy(r => r.FirstRecipient).ThenBy(r => r.Id),
        };
    }

    private static IQueryable<RequestRow> Rows(IQueryable<OnboardingRequest> requests) => requests.Select(r => new RequestRow(
        r.Id, r.FirstRecipient, r.RecipientCount, r.Status, r.RequestedAt, r.ExpiresAt, r.Activity, r.ActivityAt,
        r.ActivityPlatform == null ? null : r.ActivityPlatform.Value.Value, r.CompletedByName, r.Accounts));
}
