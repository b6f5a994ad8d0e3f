using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class RenameAudienceDialog
{
    private readonly Draft _draft = new();
    private PortalForm<Draft> _form = null!;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The name that is refused.</summary>
    [Parameter, EditorRequired] public string Current { get; set; } = "";

    /// <summary>A name that says nothing of the people.</summary>
    [Parameter, EditorRequired] public string Proposed { get; set; } = "";

    /// <summary>Gives back why it was refused; null = it is renamed.</summary>
    [Parameter, EditorRequired] public Func<string, Task<PortalError?>> Save { get; set; } = null!;

    protected override void OnInitialized() => _draft.AudienceName = Proposed;

    private Task<IEnumerable<string?>> JudgeAsync(object draft, string field) => Task.FromResult<IEnumerable<string?>>(
        _draft.AudienceName.Trim() is { Length: > 0 } name && name != Current ? [] : [Text["OtherNameNeeded"]]);

    private async Task SaveAsync()
    {
        _refusal = await Save(_draft.AudienceName.Trim());
        if (_refusal is null) Dialog.Close();
        else if (_refusal is InputRefused refused) await _form.RefuseAsync(refused);
    }

    private sealed class Draft : INamesAudience
    {
        public string AudienceName { get; set; } = "";
    }
}
