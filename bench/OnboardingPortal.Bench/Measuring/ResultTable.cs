using System.Globalization;
using System.Text;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>The rows as text, columns aligned, readable as Markdown too.</summary>
internal static class ResultTable
{
    private const double Kilobyte = 1000;

    private static readonly string[] _headings = ["what", "measured", "reference", "ratio", "target", "met"];

    public static string Format(IReadOnlyList<ResultRow> rows)
    {
        string[][] lines = [_headings, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, _headings.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var (index, line) in lines.Index())
        {
            AppendLine(text, line.Select((cell, column) => cell.PadRight(widths[column])));
            if (index == 0)
            {
                AppendLine(text, widths.Select(width => new string('-', width)));
            }
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string[] Cells(ResultRow row) =>
    [
        row.What,
        Format(row.Measured, row.Unit),
        row.Reference is { } reference ? Format(reference, row.Unit) : "-",
        row.Ratio is { } ratio ? FormatRatio(ratio) : "-",
        row.Target is { } target ? FormatTarget(target, row.Unit) : "-",
        row.Met switch { true => "yes", false => "NO", null => "-" },
    ];

    private static string FormatTarget(Target target, Unit unit) =>
        "≤ " + (target.Kind == TargetKind.Ratio ? FormatRatio(target.AtMost) : Format(target.AtMost, unit));

    private static string FormatRatio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}×");

    private static string Format(double figure, Unit unit) => unit switch
    {
        Unit.Bytes when Math.Abs(figure) < Kilobyte => string.Create(CultureInfo.InvariantCulture, $"{figure:0} B"),
        Unit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{figure / Kilobyte:0.0} KB"),
        Unit.Milliseconds => string.Create(CultureInfo.InvariantCulture, $"{figure:0.000} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{figure:0}"),
    };
}
