using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Wizard.Parts;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>
/// The client's guided five minutes. Shows what stands in the database and nothing else, so that it can be left and opened again
/// anywhere; watches the request, because others may work on it at the same time.
/// </summary>
public sealed partial class Wizard(
    WizardService wizard, ConnectService connect, RequestFeed feed, NavigationManager navigation,
    IStringLocalizer<WizardText> words) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationToken _left;
    private int _readings;
    private int _shown;
    private bool _isLoaded;
    private bool _isOut; // by a new link
    private IDisposable? _subscription;
    private PlatformGrants _first;
    private int _unconnected;
    private StepHeading? _heading;

    /// <summary>The participant, from the cookie; travels protected, so no browser can name another.</summary>
    [Parameter, EditorRequired] public required ClientCaller Caller { get; set; }

    /// <summary>The step in the address, so that back and forward work; none = the step they were at when they came.</summary>
    [Parameter] public string? StepInAddress { get; set; }

    /// <summary>The participant's link, where the browser is part of another app; null where it is one of its own.</summary>
    [Parameter] public string? LinkElsewhere { get; set; }

    /// <summary>The dialog that is open; it opens again where the page goes on in another circuit, with what was typed.</summary>
    [PersistentState] public string? OpenDialog { get; set; }

    /// <summary>How many assets are ticked in this step that were not connected.</summary>
    internal int Unconnected => Step == PlatformGrants.Assets ? _unconnected : 0;

    internal WizardState? State { get; private set; }

    /// <summary>Stops what the page began when the person leaves.</summary>
    internal CancellationToken Leaving => _left;

    private bool IsCompletedHere => State is { Status: RequestStatus.Connected, CompletedByCaller: true };

    private PlatformGrants Step =>
        Enum.TryParse<PlatformGrants>(StepInAddress, ignoreCase: true, out var step) && State!.Steps.Contains(step) ? step
        : State!.Steps.Contains(_first) ? _first : State.Steps[0]; // the agency may take services out meanwhile

    private int Index => State!.Steps.TakeWhile(s => s != Step).Count();

    /// <summary>Under which name the browser keeps what was typed here and not sent.</summary>
    internal string DraftOf(string what) => $"{what}-{Caller.Participant}";

    /// <summary>Notes the heading that is shown.</summary>
    /// <returns>Whether it is another one than the page opened with: then the focus goes there.</returns>
    internal bool TakesHeading(StepHeading heading)
    {
        var isFirst = _heading is null;
        _heading = heading;
        return !isFirst;
    }

    /// <summary>Moves the focus to the heading: what was pressed is gone.</summary>
    internal Task FocusHeadingAsync() => _heading?.FocusAsync().AsTask() ?? Task.CompletedTask;

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
        var changes = _unconnected > 0 != ticked > 0;
        _unconnected = ticked;
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
        _isOut = state is null && await wizard.HasEndedAsync(Caller.Request, Caller.Participant, _left);
        if (reading < _shown) return; // a later reading is shown, which knows more
        _shown = reading;
        State = state;
        StateHasChanged();
        if (IsCompletedHere) navigation.NavigateTo($"/onboarding/{Caller.Request}/done", forceLoad: true);
    }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token;
        if (!RendererInfo.IsInteractive) return; // read once, when the page is live
        _subscription = feed.Subscribe(Caller, change => _ = InvokeAsync(FollowAsync));
        State = await wizard.FindAsync(Caller, _left);
        _isLoaded = true;
        if (State is not null) _first = State.Step;
    }

    private string Platforms(PlatformGrants step) => string.Join(", ", State!.Platforms.Where(p => p.Grants == step).Select(p => p.Name));

    // Where assets are shared, the one platform says more than any word for its kind.
    private string NameOf(PlatformGrants step) => step == PlatformGrants.Assets ? Platforms(step) : words["StepTools"];

    // The stepper shows the step of the address and moves nowhere by itself.
    private Task GoByLabelAsync(StepperInteractionEventArgs press)
    {
        press.Cancel = true;
        return press.StepIndex < Index ? GoToAsync(State!.Steps[press.StepIndex]) : Task.CompletedTask;
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
