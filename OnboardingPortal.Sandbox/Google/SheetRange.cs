using System.Globalization;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>A range in A1 notation: a tab, quoted or not, and the cells in it. Rows and columns start at 1.</summary>
internal sealed partial record SheetRange(string? Tab, int FirstRow, int LastRow, int FirstColumn, int LastColumn)
{
    /// <returns>Null when this is no range.</returns>
    public static SheetRange? Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
            return null;
        var tab = match.Groups["quoted"] is { Success: true } quoted ? quoted.Value.Replace("''", "'", StringComparison.Ordinal)
            : match.Groups["plain"] is { Success: true } plain ? plain.Value : null;
        return new(
            tab,
            Number(match.Groups["row1"], otherwise: 1),
            Number(match.Groups["row2"], otherwise: match.Groups["to"].Success || !match.Groups["row1"].Success
                ? int.MaxValue
                : Number(match.Groups["row1"], 1)),
            Column(match.Groups["column1"], otherwise: 1),
            Column(match.Groups["column2"],
                otherwise: match.Groups["to"].Success ? int.MaxValue : Column(match.Groups["column1"], int.MaxValue)));
    }

    public static string NameOf(int column) => ((char)('A' + column - 1)).ToString();

    private static int Number(Group group, int otherwise) => group.Success
        ? int.Parse(group.Value, CultureInfo.InvariantCulture)
        : otherwise;

    private static int Column(Group group, int otherwise) => group.Success
        ? group.Value.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1)
        : otherwise;

    // 'It''s a tab'!A2:Z5001, Tab!A:D, A1:B2 or a tab alone
    [GeneratedRegex(
        "^(?:(?:'(?<quoted>(?:[^']|'')+)'|(?<plain>(?![A-Z]{1,3}[0-9]+$)[^'!:]+))(?:!|$))?"
            + "(?:(?<column1>[A-Z]{1,3})(?<row1>[0-9]{1,7})?(?<to>:(?<column2>[A-Z]{1,3})(?<row2>[0-9]{1,7})?)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
