using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class ChoiceList<TItem>
{
    private const int MaxWithoutSearch = 7;
    private const int MaxShown = 100;
    private string _search = "";

    [Parameter, EditorRequired] public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>What the choices are, for assistive technology.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public string SearchLabel { get; set; } = "";

    /// <summary>What an item is found by.</summary>
    [Parameter, EditorRequired] public Func<TItem, string> WordsOf { get; set; } = null!;

    [Parameter] public Func<TItem, bool> IsChoosable { get; set; } = _ => true;

    [Parameter, EditorRequired] public RenderFragment<TItem> ItemTemplate { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback<TItem> OnChoose { get; set; }

    private IReadOnlyList<TItem> Found => _search.Trim() is not { Length: > 0 } words ? Items
        : [.. Items.Where(item => WordsOf(item).Contains(words, StringComparison.CurrentCultureIgnoreCase))];
}
