using System.Globalization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>What of the table is looked at.</summary>
public sealed record RequestFilter(string Search, RequestStatus? Status, RequestSort Sort)
{
    public static readonly RequestFilter None = new("", null, RequestSort.Newest);

    public bool IsFiltered => Status is not null || RequestSearch.HasWords(Search);

    /// <summary>The page's address with this filter, so that coming back finds it again.</summary>
    public string Address(int size)
    {
        var query = new Dictionary<string, string?>();
        if (Search.Length > 0) query["search"] = Search;
        if (Status is { } status) query["status"] = status.ToString();
        if (Sort != RequestSort.Newest) query["sort"] = Sort.ToString();
        if (size != RequestList.UsualSize) query["size"] = size.ToString(CultureInfo.InvariantCulture);
        return "/collaboration/requests" + QueryString.Create(query);
    }

    /// <summary>The filter in an address; what makes no sense there is left out.</summary>
    public static RequestFilter Read(string? search, string? status, string? sort) => new(
        search is null ? "" : search.Length > RequestSearch.MaxLength ? search[..RequestSearch.MaxLength] : search,
        Enum.TryParse<RequestStatus>(status, out var wanted) && Enum.IsDefined(wanted) && wanted != RequestStatus.Deleted ? wanted : null,
        Enum.TryParse<RequestSort>(sort, out var order) && Enum.IsDefined(order) ? order : RequestSort.Newest);
}
