using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class ColumnsDialog
{
    private MappingProposal? _proposal;
    private IReadOnlyList<SyncColumn> _columns = [];
    private string? _country;
    private bool _isLoaded;
    private bool _isSaving;
    private bool _wasTried;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public SyncView View { get; set; } = null!;

    /// <summary>Asks for the list's fields; null when that went wrong.</summary>
    [Parameter, EditorRequired] public Func<Task<Result<MappingProposal>?>> Propose { get; set; } = null!;

    /// <summary>Gives back why it was refused; null = it is saved.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyList<SyncColumn>, string?, Task<PortalError?>> Save { get; set; } = null!;

    private string? Problem => _wasTried && _columns.Count == 0 ? Text["ColumnNeeded"]
        : (_refusal as InputRefused)?.Fields.GetValueOrDefault(nameof(SyncTerms.Columns));

    protected override async Task OnInitializedAsync()
    {
        _country = View.DefaultCountry;
        var proposed = await Propose();
        _isLoaded = true;
        _refusal = proposed?.Error;
        if (proposed is not { Succeeded: true }) return;
        _proposal = proposed.Value;
        _columns = [.. View.Columns.Select(StillThere).OfType<SyncColumn>()];
    }

    /// <summary>The column as it is now; where its field is gone or means something else, what is guessed in its place.</summary>
    private SyncColumn? StillThere(SyncColumn column) =>
        _proposal!.Fields.Any(f => f.Key == column.Field && f.Name == column.Name)
            ? column
            : _proposal.Columns.FirstOrDefault(c => c.Key == column.Key);

    private async Task SaveAsync()
    {
        _wasTried = true;
        if (_isSaving || _columns.Count == 0) return;
        _isSaving = true;
        _refusal = await Save(_columns, _country);
        _isSaving = false;
        if (_refusal is null) Dialog.Close();
    }
}
