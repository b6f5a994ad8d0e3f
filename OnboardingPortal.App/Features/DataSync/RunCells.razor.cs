using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class RunCells
{
    /// <summary>The figures of a run, by the keys of their words.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["FigureRead", "FigureValid", "FigureSkipped", "FigureAdded", "FigureRemoved", "FigureRejected", "FigureMatched"];

    [Parameter, EditorRequired] public SyncRunLine Run { get; set; } = null!;

    [Parameter, EditorRequired] public string PlatformName { get; set; } = "";

    protected override object Shown => Run;

    /// <summary>A plan tells what it would cost, a run what it took.</summary>
    private string CallsKey => (Run.Kind == SyncRunKind.Plan ? "Cost" : "Took") + (Run.Calls == 1 ? "One" : "");

    private string Figure(string column) => column switch
    {
        "FigureRead" => SyncWords.Number(Run.Counts.Read),
        "FigureValid" => SyncWords.Number(Run.Counts.Valid),
        "FigureSkipped" => SyncWords.Number(SyncWords.LeftOut(Run.Counts)),
        "FigureAdded" => SyncWords.Number(Run.Counts.Added),
        "FigureRemoved" => SyncWords.Number(Run.Counts.Removed),
        "FigureRejected" => SyncWords.Number(Run.Counts.Rejected),
        _ => Run.Counts.Matched is { } matched ? SyncWords.Number(matched) : "–",
    };
}
