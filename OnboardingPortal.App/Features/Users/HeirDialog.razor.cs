using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Users;

public sealed partial class HeirDialog
{
    private UserSummary? _heir;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What comes of it.</summary>
    [Parameter, EditorRequired] public string Words { get; set; } = "";

    /// <summary>What the choice is called.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>A verb.</summary>
    [Parameter, EditorRequired] public string Yes { get; set; } = "";

    [Parameter] public bool IsDangerous { get; set; }

    /// <summary>Who can be chosen; at least one.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<UserSummary> Heirs { get; set; } = [];

    /// <summary>Who is chosen at first, if they can be.</summary>
    [Parameter] public AgencyUserId First { get; set; }

    protected override void OnInitialized() => _heir = Heirs.FirstOrDefault(u => u.Id == First) ?? Heirs[0];
}
