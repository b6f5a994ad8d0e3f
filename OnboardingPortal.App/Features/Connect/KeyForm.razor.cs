using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connect;

public sealed partial class KeyForm
{
    private PortalForm<KeyDraft> _form = null!;
    private MudTextField<string> _first = null!;
    private KeyDraft _draft = new();
    private bool _isReady;                                // not before what was kept is known: it would come over what is typed
    private bool _isFocused;
    private bool _isMissing;
    private bool _isRunning;
    private PortalError? _error;

    [Parameter, EditorRequired] public required PlatformDescriptor Platform { get; set; }

    /// <summary>Connects what was typed; gives back why not.</summary>
    [Parameter, EditorRequired] public required Func<string, string, Task<PortalError?>> Connect { get; set; }

    [Parameter] public EventCallback Cancel { get; set; }

    /// <summary>Under what the browser keeps the address that was typed; null = not kept.</summary>
    [Parameter] public string? Keep { get; set; }

    private string? Busy => _isRunning ? "true" : null;

    protected override async Task OnInitializedAsync()
    {
        if (Keep is not null && await Drafts.RecallAsync<KeyDraft>(Keep, CancellationToken.None) is { } kept) _draft = kept;
        _isReady = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isReady || _isFocused) return;
        _isFocused = true;
        await _first.FocusAsync();
    }

    private async Task ConnectAsync()
    {
        _isMissing = string.IsNullOrWhiteSpace(_draft.Address) || string.IsNullOrWhiteSpace(_draft.Key);
        _error = null;
        if (_isMissing) return;
        _isRunning = true;
        StateHasChanged();
        try
        {
            _error = await Connect(_draft.Address, _draft.Key);
        }
        finally
        {
            _isRunning = false;
        }

        if (_error is null) await _form.SavedAsync();
        if (_error is not PlatformAddressRefused) return;
        var words = Errors.For(_error, Platforms);
        _error = null;
        await _form.RefuseAsync(new InputRefused(new Dictionary<string, string> { [nameof(KeyDraft.Address)] = words }));
    }
}
