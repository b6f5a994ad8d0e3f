using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>
/// The ad accounts or the Pages of a business, to be searched and ticked. However many they are, only the rows in sight are in the page.
/// </summary>
public sealed partial class AssetGroup(IStringLocalizer<WizardText> words) : ComponentBase
{
    private const int MaxPlain = 40;         // more lie in rows of one height, which is what makes them quick
    private const float Height = 56;          // pixels, as in portal.css

    private List<AssetRow> _rows = [];
    private List<AssetChoice> _open = [];
    private (IReadOnlyList<AssetChoice>, IReadOnlyDictionary<string, AssetState>, string)? _listed;

    /// <summary>For the ids of its elements.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Legend { get; set; }

    [Parameter, EditorRequired] public required string SearchLabel { get; set; }

    [Parameter, EditorRequired] public required string Empty { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<AssetChoice> Choices { get; set; }

    /// <summary>What was chosen before, by its id at the platform.</summary>
    [Parameter, EditorRequired] public required IReadOnlyDictionary<string, AssetState> Taken { get; set; }

    /// <summary>What is ticked now, of all groups.</summary>
    [Parameter, EditorRequired] public required HashSet<AssetChoice> Chosen { get; set; }

    /// <summary>The names of the person's own businesses.</summary>
    [Parameter, EditorRequired] public required IReadOnlyCollection<string> OwnBusinesses { get; set; }

    /// <summary>What is searched for; empty = all are shown.</summary>
    [Parameter, EditorRequired] public required string Search { get; set; }

    [Parameter] public EventCallback<string> SearchChanged { get; set; }

    /// <summary>Something was ticked, or no longer is.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    private bool IsLong => _rows.Count > MaxPlain;

    private int Mine => Choices.Count(Chosen.Contains);

    private bool AllChosen => _open.TrueForAll(Chosen.Contains);

    protected override void OnParametersSet()
    {
        if (_listed == (Choices, Taken, Search)) return;
        _listed = (Choices, Taken, Search);
        var found = Choices.Where(a => a.Name.Contains(Search.Trim(), StringComparison.CurrentCultureIgnoreCase));
        _rows = [.. found.Select((asset, index) => new AssetRow(asset, index + 1, asset.OwnerName is null && !IsTaken(asset)))];
        _open = [.. _rows.Where(r => r.IsOpen).Select(r => r.Asset)];
    }

    private bool IsTaken(AssetChoice asset) => Taken.ContainsKey(asset.ExternalId);

    private string? RemarkOn(AssetRow row) => row switch
    {
        { Asset.OwnerName: { } owner } => words[OwnBusinesses.Contains(owner) ? "OtherBusinessOfYours" : "OwnedByAnother", owner],
        { IsOpen: false } => words["ChosenBefore"],
        { Asset.Inactive: true } => words["Inactive" + row.Asset.Kind],
        { Asset.Unowned: true } => words["UnownedPage"],
        _ => (string?)null,
    };

    private Task SearchAsync(string? typed) => SearchChanged.InvokeAsync(typed ?? "");

    private void Toggle(AssetChoice asset)
    {
        if (!Chosen.Remove(asset)) Chosen.Add(asset);
        _ = Changed.InvokeAsync();
    }

    private Task ToggleAll()
    {
        if (AllChosen) Chosen.ExceptWith(_open);
        else Chosen.UnionWith(_open);
        return Changed.InvokeAsync();
    }
}
