using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The lines on the screen: one page of the table, kept up to date by what <see cref="RequestFeed"/> tells.</summary>
public sealed class RequestList(RequestTable table, RequestLines lines, RequestScope scope, RequestFilter filter, int size)
{
    public const int UsualSize = 50;

    private readonly List<RequestLineView> _lines = [];

    public IReadOnlyList<RequestLineView> Lines => _lines;

    public bool HasBefore { get; private set; }

    public bool HasAfter { get; private set; }

    /// <summary>The number of the first line, from 1.</summary>
    public int From { get; private set; } = 1;

    /// <summary>How many lines there are in all; <see cref="RequestTable.MostCounted"/> = that many or more.</summary>
    public int Total { get; private set; }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        Total = await table.CountAsync(scope, filter.Search, filter.Status, cancellationToken);
        await ReadAsync(null, cancellationToken);
    }

    /// <summary>Goes one page on or back.</summary>
    public async Task TurnAsync(bool back, CancellationToken cancellationToken)
    {
        var before = _lines.Count;
        if (before == 0) return;
        var edge = back ? _lines[0] : _lines[^1];
        await ReadAsync(new RequestCursor(edge.Id, edge.FirstRecipient, back), cancellationToken);
        From = !HasBefore ? 1 : back ? Math.Max(2, From - _lines.Count) : From + before;
    }

    /// <summary>Takes over a change; touches only the line concerned.</summary>
    /// <returns>Whether anything changed on the screen.</returns>
    public bool Take(RequestChanged change)
    {
        var at = _lines.FindIndex(line => line.Id == change.Id);
        if (change.Row is not { } row || !Matches(row)) return at >= 0 && Remove(at);
        var line = lines.Show(row);
        if (at < 0) return Insert(line);
        if (line.Now.Value == _lines[at].Now.Value && line.Rest.Value == _lines[at].Rest.Value && line.Who.Value == _lines[at].Who.Value) return false;
        _lines[at] = line.Glowing(_lines[at]);
        return true;
    }

    private bool Matches(RequestRow row) => filter.Status is not { } wanted || row.StoredStatus == wanted;

    private bool Remove(int at)
    {
        _lines.RemoveAt(at);
        Total = Math.Max(0, Total - 1);
        return true;
    }

    /// <summary>Puts a new line where it belongs, when that is on this page. A search cannot be judged here: there a new line waits for a reload.</summary>
    private bool Insert(RequestLineView line)
    {
        if (filter.Sort != RequestSort.Newest || RequestSearch.HasWords(filter.Search)) return false;
        var at = _lines.FindIndex(other => other.Id.Value < line.Id.Value);
        if (at < 0) at = _lines.Count;
        if ((at == 0 && HasBefore) || (at == _lines.Count && HasAfter)) return false;
        _lines.Insert(at, line.Glowing(null));
        Total++;
        if (_lines.Count <= size) return true;
        _lines.RemoveAt(size);
        HasAfter = true;
        return true;
    }

    private async Task ReadAsync(RequestCursor? cursor, CancellationToken cancellationToken)
    {
        var page = await table.ListAsync(scope, new RequestQuery(filter.Search, filter.Status, filter.Sort, cursor, size), cancellationToken);
        _lines.Clear();
        _lines.AddRange(page.Rows.Select(lines.Show));
        (HasBefore, HasAfter) = (page.HasBefore, page.HasAfter);
    }
}
