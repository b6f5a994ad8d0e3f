namespace OnboardingPortal.Core.Requests;

/// <summary>Which page of the table is wanted.</summary>
/// <param name="Search">Words that must all begin a word of the request; null or blank = no search.</param>
/// <param name="Status">Only requests of that status; null = all but deleted ones.</param>
/// <param name="Sort">The order.</param>
/// <param name="Cursor">Where the page starts; null = at the beginning.</param>
/// <param name="Size">Rows a page, 1 to 100.</param>
public sealed record RequestQuery(
    string? Search = null, RequestStatus? Status = null, RequestSort Sort = RequestSort.Newest, RequestCursor? Cursor = null,
    int Size = 50);

/// <summary>The orders the table offers.</summary>
public enum RequestSort
{
    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Oldest first.</summary>
    Oldest,

    /// <summary>By the first recipient's address, a to z.</summary>
    Recipient,

    /// <summary>By the first recipient's address, z to a.</summary>
    RecipientDescending,
}

/// <summary>A place between two rows of a list.</summary>
/// <param name="Id">The row next to it.</param>
/// <param name="Recipient">That row's first recipient; used when the list is ordered by it.</param>
/// <param name="Backwards">Whether the page ends there instead of starting there.</param>
public readonly record struct RequestCursor(RequestId Id, string Recipient, bool Backwards);

/// <summary>One page of the table.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="HasBefore">Whether rows come before the page.</param>
/// <param name="HasAfter">Whether rows come after it.</param>
public sealed record RequestPage(IReadOnlyList<RequestRow> Rows, bool HasBefore, bool HasAfter);
