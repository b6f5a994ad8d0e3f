using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OnboardingPortal.App.Features.Branding;

public sealed partial class BrandField
{
    private MudTextField<string> _field = null!;

    [CascadingParameter] private BrandingForm Form { get; set; } = null!;

    /// <summary>The name of the setting.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string Value { get; set; } = "";

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Parameter] public Expression<Func<string>>? ValueExpression { get; set; }

    /// <summary>Whether each key counts also without a preview.</summary>
    [Parameter] public bool IsLive { get; set; }

    [Parameter] public InputType InputType { get; set; } = InputType.Text;

    [Parameter] public int Lines { get; set; } = 1;

    [Parameter] public int MaxLength { get; set; } = 500;

    [Parameter] public string? Placeholder { get; set; }

    [Parameter] public string? Hint { get; set; }

    /// <summary>Of the note that stands elsewhere instead of a hint.</summary>
    [Parameter] public string? NoteId { get; set; }

    private bool CountsKeys => IsLive || Form.ShowsPreview;

    /// <summary>Something else than the keys chose the text.</summary>
    public async Task SetAsync(string text)
    {
        Form.Typing = null;
        await ValueChanged.InvokeAsync(text);
        await Form.NoteChangeAsync(Name);
        await _field.ValidateAsync();
    }

    private async Task TypeAsync(string? typed)
    {
        if (CountsKeys) Form.Typing = Name;
        await ValueChanged.InvokeAsync(typed ?? "");
        await Form.DrawAsync();
    }

    private async Task LeaveAsync()
    {
        if (Form.Typing != Name) return;
        Form.Typing = null;
        await _field.ValidateAsync();
    }
}
