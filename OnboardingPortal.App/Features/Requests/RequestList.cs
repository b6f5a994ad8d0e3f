using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The rows on the screen: one page of the table, kept up to date by what <see cref="RequestFeed"/> tells.</summary>
public sealed class RequestList(RequestTable table, RequestLines lines, RequestScope scope, RequestFilter filter, int size)
{
    private readonly List<RequestLineView> _lines = [];

    public RequestFilter Filter => filter;

    public IReadOnlyList<RequestLineView> Lines => _lines;

    public bool HasBefore { get; private set; }

    public bool HasAfter { get; private set; }

    /// <summary>The number of the first row, from 1.</summary>
    public int From { get; private set; } = 1;

    /// <summary>How many rows there are in all; <see cref="RequestTable.MaxCounted"/> = that many or more.</summary>
    public int Total { get; private set; }

    /// <summary>The row that came last, which glows; null = none came.</summary>
    public RequestLineView? Newest { get; private set; }

    /// <summary>Reads the page.</summary>
    /// <param name="previous">What was shown before; its rows are not counted again where the same are filtered.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task LoadAsync(RequestList? previous, CancellationToken cancellationToken)
    {
        var isCounted = filter.Place is not null && previous is not null
            && (previous.Filter.Search, previous.Filter.Status) == (filter.Search, filter.Status);
        Total = isCounted ? previous!.Total : await table.CountAsync(scope, filter.Search, filter.Status, cancellationToken);
        var page = await table.ListAsync(
            scope, new RequestQuery(filter.Search, filter.Status, filter.Sort, filter.Place?.Cursor, size), cancellationToken);
        _lines.AddRange(page.Rows.Select(lines.Show));
        HasBefore = page.HasBefore;
        HasAfter = page.HasAfter;
        From = HasBefore ? Math.Max(2, filter.Place?.From ?? 0) : 1;
    }

    /// <summary>The view one page on or back.</summary>
    public RequestFilter Turned(bool back)
    {
        var edge = back ? _lines[0] : _lines[^1];
        var from = back ? Math.Max(1, From - size) : From + _lines.Count;
        var recipient = filter.Sort is RequestSort.Recipient or RequestSort.RecipientDescending ? edge.FirstRecipient : "";
        return filter with { Place = new RequestPlace(new RequestCursor(edge.Id, recipient, back), from) };
    }

    /// <summary>Takes over a change; touches only the row concerned.</summary>
    /// <returns>What of the screen changed.</returns>
    public RequestListChange Take(RequestChanged change)
    {
        var at = _lines.FindIndex(line => line.Id == change.Id);
        if (change.Row is not { } row || !Matches(row)) return at >= 0 ? Remove(at) : RequestListChange.Nothing;
        var line = lines.Show(row);
        if (at < 0) return Insert(line);
        if (line.LooksLike(_lines[at])) return RequestListChange.Nothing;
        _lines[at] = line;
        return RequestListChange.Row(line);
    }

    private bool Matches(RequestRow row) => filter.Status is not { } wanted || row.StoredStatus == wanted;

    private RequestListChange Remove(int at)
    {
        _lines.RemoveAt(at);
        Total = Math.Max(0, Total - 1);
        return RequestListChange.Rows;
    }

    /// <summary>
    /// Puts a new row where it belongs, when that is on this page. A search cannot be judged here: there a new row waits for a reload.
    /// </summary>
    private RequestListChange Insert(RequestLineView line)
    {
        if (filter.Sort != RequestSort.Newest || RequestSearch.HasWords(filter.Search)) return RequestListChange.Nothing;
        var at = _lines.FindIndex(other => other.Id.Value < line.Id.Value);
        if (at < 0) at = _lines.Count;
        if ((at == 0 && HasBefore) || (at == _lines.Count && HasAfter)) return RequestListChange.Nothing;
        _lines.Insert(at, line);
        Newest = line;
        Total++;
        if (_lines.Count <= size) return RequestListChange.Rows;
        _lines.RemoveAt(size);
        HasAfter = true;
        return RequestListChange.Rows;
    }
}

/// <summary>What of the screen a change touches.</summary>
/// <param name="HasOtherRows">Whether rows came or went.</param>
/// <param name="Changed">The one row that is another; null = none.</param>
public readonly record struct RequestListChange(bool HasOtherRows, RequestLineView? Changed)
{
    public static readonly RequestListChange Nothing;

    public static readonly RequestListChange Rows = new(true, null);

    public static RequestListChange Row(RequestLineView line) => new(false, line);
}
