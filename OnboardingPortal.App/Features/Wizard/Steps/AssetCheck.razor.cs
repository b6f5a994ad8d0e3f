using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Wizard.Steps;

public sealed partial class AssetCheck
{
    private (AssetRow, int, string?, bool)? _drawn;

    [Parameter, EditorRequired] public AssetRow Row { get; set; }

    /// <summary>How many stand in the list.</summary>
    [Parameter, EditorRequired] public int Of { get; set; }

    /// <summary>The list's, for the ids.</summary>
    [Parameter, EditorRequired] public string List { get; set; } = "";

    /// <summary>What is to be known of it; null = nothing.</summary>
    [Parameter] public string? Remark { get; set; }

    [Parameter, EditorRequired] public bool IsTicked { get; set; }

    [Parameter, EditorRequired] public Action<AssetChoice> Toggled { get; set; } = null!;

    private string NameId => $"{List}-{Row.Position}";

    private string RemarkId => $"{List}-{Row.Position}-remark";

    private bool IsWarning => Row is { IsOpen: true, Asset.Inactive: true };

    // A tick draws one row anew, not all.
    protected override bool ShouldRender()
    {
        var now = (Row, Of, Remark, IsTicked);
        if (_drawn == now) return false;
        _drawn = now;
        return true;
    }
}
