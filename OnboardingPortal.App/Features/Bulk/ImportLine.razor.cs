using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Bulk;

namespace OnboardingPortal.App.Features.Bulk;

public sealed partial class ImportLine
{
    private const int MaxShown = 120;
    private const int MaxOfMessage = 70;

    [Parameter, EditorRequired] public BulkLine Row { get; set; } = null!;

    protected override object Shown => (Row.Line, Row.State, Row.Request);

    private string Words =>
        Text[Row.State switch { BulkRowState.Ready => "Ready", BulkRowState.Refused => "Problems", var other => $"Outcome{other}" }];

    private Color Look => Row.State switch
    {
        BulkRowState.Sent => Color.Success,
        BulkRowState.Ready => Color.Info,
        BulkRowState.Refused => Color.Warning,
        _ => Color.Error,
    };

    private string ColumnOf(BulkProblem problem) => Text[problem.Column is { } column ? $"Column{column}" : "WholeRow"];

    private static string Beginning(string text, int most)
    {
        if (text.Length <= most) return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)].TrimEnd() + "…";
    }
}
