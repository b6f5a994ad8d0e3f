using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class FilterDialog
{
    private IReadOnlyList<ContactFilterField>? _fields;
    private IReadOnlyList<SalesforceCondition> _conditions = [];
    private bool _isLoaded;
    private bool _isSaving;
    private bool _wasTried;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>As the sync has them.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SalesforceCondition> Conditions { get; set; } = [];

    /// <summary>Asks for what conditions may be about; null when that went wrong.</summary>
    [Parameter, EditorRequired] public Func<Task<Result<IReadOnlyList<ContactFilterField>>?>> Read { get; set; } = null!;

    /// <summary>Gives back why it was refused; null = it is saved.</summary>
    [Parameter, EditorRequired] public Func<string?, Task<PortalError?>> Save { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _conditions = Conditions;
        var fields = await Read();
        _isLoaded = true;
        _refusal = fields?.Error;
        if (fields is not { Succeeded: true }) return;
        _fields = fields.Value;
        _wasTried = !FilterFields.AreSound(_fields, _conditions); // what is gone is told at once
    }

    private async Task SaveAsync()
    {
        _wasTried = true;
        if (_isSaving || !FilterFields.AreSound(_fields!, _conditions)) return;
        _isSaving = true;
        _refusal = await Save(new SalesforceFilter(_conditions).Write());
        _isSaving = false;
        if (_refusal is null) Dialog.Close();
    }
}
