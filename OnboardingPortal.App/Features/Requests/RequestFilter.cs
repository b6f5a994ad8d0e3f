using System.Globalization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>What of the table is looked at, as the page's address says it.</summary>
/// <param name="Search">Words to find; empty = all.</param>
/// <param name="Status">Only requests of that status; null = all.</param>
/// <param name="Sort">The order.</param>
/// <param name="Place">Where the page starts; null = at the beginning.</param>
public sealed record RequestFilter(string Search, RequestStatus? Status, RequestSort Sort, RequestPlace? Place = null)
{
    public static readonly RequestFilter None = new("", null, RequestSort.Newest);

    public bool IsFiltered => Status is not null || RequestSearch.HasWords(Search);

    /// <summary>The page's address with this filter: back, forward, reload and a copied address lead to the same rows.</summary>
    public string Address => "/collaboration/requests" + QueryString.Create(Query(Place));

    /// <summary>Where all that is filtered can be had as a file.</summary>
    public string ExportAddress => RequestExport.Address + QueryString.Create(Query(null));

    /// <summary>The filter in an address; what makes no sense there is left out.</summary>
    public static RequestFilter Read(string? search, string? status, string? sort) => new(
        search is null ? "" : search.Length > RequestSearch.MaxLength ? search[..RequestSearch.MaxLength] : search,
        Enum.TryParse<RequestStatus>(status, out var wanted) && Enum.IsDefined(wanted) && wanted != RequestStatus.Deleted ? wanted : null,
        Enum.TryParse<RequestSort>(sort, out var order) && Enum.IsDefined(order) ? order : RequestSort.Newest);

    private Dictionary<string, string?> Query(RequestPlace? place)
    {
        var query = new Dictionary<string, string?>();
        if (Search.Length > 0) query["search"] = Search;
        if (Status is { } status) query["status"] = status.ToString();
        if (Sort != RequestSort.Newest) query["sort"] = Sort.ToString();
        if (place is null) return query;
        query[place.Cursor.Backwards ? "before" : "after"] = place.Cursor.Id.ToString();
        if (place.Cursor.Recipient.Length > 0) query["recipient"] = place.Cursor.Recipient;
        query["from"] = place.From.ToString(CultureInfo.InvariantCulture);
        return query;
    }
}

/// <summary>A page one has turned to.</summary>
/// <param name="Cursor">Between which rows it starts or ends.</param>
/// <param name="From">The number of its first row, as far as it was counted in turning.</param>
public sealed record RequestPlace(RequestCursor Cursor, int From)
{
    /// <summary>The place in an address; null when there is none.</summary>
    public static RequestPlace? Read(string? after, string? before, string? recipient, string? from)
    {
        if (!long.TryParse(after ?? before, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        var first = int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1;
        return new RequestPlace(new RequestCursor(RequestId.From(id), recipient ?? "", Backwards: after is null), first);
    }
}
