using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class TargetChoice
{
    private const string Chosen = Icons.Material.Outlined.RadioButtonChecked;
    private const string NotChosen = Icons.Material.Outlined.RadioButtonUnchecked;

    [Parameter, EditorRequired] public NewSyncDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired] public string Client { get; set; } = "";

    [Parameter, EditorRequired] public IReadOnlyList<SyncTarget> Targets { get; set; } = [];

    /// <summary>Whether a new audience is made.</summary>
    [Parameter, EditorRequired] public bool IsNew { get; set; }

    /// <summary>Those of the ad account; null = not read yet.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SyncAudience>? Audiences { get; set; }

    /// <summary>Why they cannot be read.</summary>
    [Parameter] public PortalError? AudiencesRefusal { get; set; }

    [Parameter] public string? AdAccountProblem { get; set; }

    [Parameter] public string? AudienceProblem { get; set; }

    [Parameter] public bool IsBusy { get; set; }

    [Parameter, EditorRequired] public EventCallback<AssetId?> OnAdAccount { get; set; }

    [Parameter, EditorRequired] public EventCallback<bool> OnIsNew { get; set; }

    [Parameter, EditorRequired] public EventCallback<string> OnAudience { get; set; }

    [Parameter, EditorRequired] public EventCallback OnContinue { get; set; }

    private bool IsChosen(SyncAudience audience) => audience.Id == Draft.Audience;

    private string About(SyncAudience audience) => audience switch
    {
        { IsTaken: true } => Text["AudienceTaken"],
        { SizeFrom: { } from, SizeTo: { } to } => Text["AudienceSize", SyncWords.Number(from), SyncWords.Number(to)],
        _ => Text["AudienceSizeUnknown"],
    };
}
