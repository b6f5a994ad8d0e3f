namespace OnboardingPortal.Core.Agencies;

/// <summary>How a user likes to see the table of requests.</summary>
/// <param name="Rows">Rows a page, one of <see cref="RowChoices"/>.</param>
/// <param name="IsCompact">Whether rows stand close together.</param>
public sealed record TableView(int Rows, bool IsCompact)
{
    /// <summary>What a user sees who chose nothing.</summary>
    public static readonly TableView Usual = new(25, false);

    /// <summary>How many rows a page may have.</summary>
    public static readonly IReadOnlyList<int> RowChoices = [10, 25, 50, 100];
}
