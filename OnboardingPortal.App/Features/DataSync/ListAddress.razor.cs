using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>Where somebody says which spreadsheet: its platform does not tell which there are.</summary>
public sealed partial class ListAddress
{
    private string _address = "";
    private bool _isTyped; // since it was refused

    /// <summary>What was looked for last; null = nothing yet.</summary>
    [Parameter] public string? Address { get; set; }

    /// <summary>Whether that was no address of a spreadsheet.</summary>
    [Parameter] public bool IsRefused { get; set; }

    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Gives the address as typed.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnFind { get; set; }

    protected override void OnInitialized() => _address = Address ?? "";

    private void Take(string? typed)
    {
        _address = typed ?? "";
        _isTyped = true;
    }

    private Task FindAsync()
    {
        _isTyped = false;
        return OnFind.InvokeAsync(_address.Trim());
    }
}
