using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>
/// The client's guided five minutes. Shows what stands in the database and nothing else, so that it can be left and opened again
/// anywhere; watches the request, because others may work on it at the same time.
/// </summary>
public sealed partial class Wizard(WizardService wizard, ConnectService connect, RequestFeed feed, NavigationManager navigation) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationToken _left;
    private int _readings;
    private IDisposable? _subscription;
    private ElementReference _top;
    private PlatformGrants _first;
    private (PlatformGrants Step, bool Done)? _shown;

    /// <summary>The participant, from the cookie; travels protected, so no browser can name another.</summary>
    [Parameter, EditorRequired] public required ClientCaller Caller { get; set; }

    /// <summary>The step in the address, so that back and forward work; none = the step they were at when they came.</summary>
    [SupplyParameterFromQuery(Name = "step")] public string? StepInAddress { get; set; }

    /// <summary>How many assets are ticked that were not connected: leaving the step would forget them.</summary>
    internal int Unconnected { get; private set; }

    internal WizardState? State { get; private set; }

    /// <summary>Stops what the page began when the person leaves.</summary>
    internal CancellationToken Leaving => _left;

    private bool IsCompletedHere => State is { Status: RequestStatus.Connected, CompletedByCaller: true };

    private PlatformGrants Step =>
        Enum.TryParse<PlatformGrants>(StepInAddress, ignoreCase: true, out var step) && State!.Steps.Contains(step) ? step
        : State!.Steps.Contains(_first) ? _first : State.Steps[0]; // the agency may take services out meanwhile

    private string StepPlatforms => string.Join(", ", State!.Platforms.Where(p => p.Grants == Step).Select(p => p.Name));

    /// <summary>Does something and shows what it changed.</summary>
    /// <returns>Why it was refused; null when it was done.</returns>
    internal async Task<PortalError?> DoAsync(Func<CancellationToken, Task<PortalError?>> action)
    {
        var refusal = await action(_left);
        await ReloadAsync();
        return refusal;
    }

    internal void NoteUnconnected(int ticked)
    {
        var changes = Unconnected > 0 != ticked > 0;
        Unconnected = ticked;
        if (changes) StateHasChanged();
    }

    /// <summary>Leaves for a platform's sign-in page; it leads back here.</summary>
    internal async Task<PortalError?> SignInAsync(PlatformKey platform, ConnectWay way)
    {
        var ticket = await connect.BeginAsync(Caller, platform, way, _left);
        if (!ticket.Succeeded) return await DoAsync(_ => Task.FromResult<PortalError?>(ticket.Error));
        navigation.NavigateTo($"/connect/{platform}/start?ticket={ticket.Value}", forceLoad: true);
        return null;
    }

    internal async Task<PortalError?> GoToAsync(PlatformGrants step)
    {
        var refusal = await DoAsync(token => wizard.GoToAsync(Caller, step, token));
        if (refusal is null) navigation.NavigateTo($"/onboarding/{Caller.Request}?step={step.ToString().ToLowerInvariant()}");
        return refusal;
    }

    internal Task<PortalError?> CompleteAsync() => DoAsync(token => wizard.CompleteAsync(Caller, token));

    internal async Task ReloadAsync()
    {
        var reading = ++_readings;
        var state = await wizard.FindAsync(Caller, _left);
        if (reading != _readings) return; // a later reading is on its way and knows more
        State = state;
        StateHasChanged();
        if (IsCompletedHere) navigation.NavigateTo($"/onboarding/{Caller.Request}/done", forceLoad: true);
    }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token;
        if (RendererInfo.IsInteractive) _subscription = feed.Subscribe(Caller.Agency, null, OnChanged);
        State = await wizard.FindAsync(Caller, _left);
        if (State is not null) _first = State.Step;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (State is not { Status: RequestStatus.Pending })
        {
            _shown = null;
            return;
        }

        var now = (Step, State.DoneAt is not null);
        var moved = _shown is { } shown && shown != now;
        _shown = now;
        if (moved) await _top.FocusAsync();
    }

    private void OnChanged(RequestChanged change)
    {
        if (change.Id == Caller.Request) _ = InvokeAsync(FollowAsync);
    }

    private async Task FollowAsync()
    {
        try
        {
            if (!_leaving.IsCancellationRequested) await ReloadAsync();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // They left while it was read.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }
}
