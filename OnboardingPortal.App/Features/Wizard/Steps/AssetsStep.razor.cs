using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>The step whose platform shares single ad accounts and Pages: sign in, choose, watch each outcome.</summary>
public sealed partial class AssetsStep(FacebookSharing sharing, PlatformCatalog catalog) : ComponentBase
{
    private PortalError? _refusal;
    private ConnectionId? _sharing;

    /// <summary>Whether more is chosen after something was shared; so it goes on in another circuit.</summary>
    [PersistentState] public bool IsChoosingMore { get; set; }

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    /// <summary>The sign-in that goes on: the participant's latest.</summary>
    private WizardConnection? Current => State.ConnectionsOf(Platform.Key).Where(c => c.Mine).MaxBy(c => c.SignedInAt);

    private List<WizardConnection> Chosen => [.. State.ConnectionsOf(Platform.Key).Where(c => c.Assets.Count > 0)];

    private WizardAttempt? Failed => State.LastAttempt is { Failure: not null } attempt && attempt.Platform == Platform.Key
        ? attempt
        : null;

    private bool IsConfigured => catalog.Find(Platform.Key) is { IsConfigured: true };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What an interruption left over goes on by itself: the page was closed, or the server restarted.
        if (firstRender && Current is { SignInLives: true } current && current.Assets.Any(a => a.State == AssetState.Selected))
        {
            await RunAsync(current.Id, _ => sharing.ResumeAsync(Wizard.Caller, current.Id));
        }
    }

    private bool IsChoosing(WizardConnection connection) => _sharing is null && (IsChoosingMore || connection.Assets.Count == 0);

    private static bool NeedsSignIn(WizardConnection connection) =>
        connection.Assets.Count == 0 || connection.Assets.Any(a => a.State is AssetState.Selected);

    private Task ShareAsync(WizardConnection connection, string business, IReadOnlyList<AssetChoice> chosen) =>
        RunAsync(connection.Id, token => sharing.ShareAsync(Wizard.Caller, connection.Id, business, chosen, token));

    private async Task RunAsync(ConnectionId id, Func<CancellationToken, Task<PortalError?>> run)
    {
        if (_sharing is not null) return;
        _sharing = id;
        _refusal = null;
        IsChoosingMore = false;
        Wizard.NoteUnconnected(0);
        StateHasChanged();
        try
        {
            _refusal = await Wizard.DoAsync(run);
        }
        finally
        {
            _sharing = null;
            StateHasChanged();
        }
    }

    private void ChooseMore() => IsChoosingMore = true;

    private async Task SignInAsync(bool askAgain) => _refusal = await Wizard.SignInAsync(Platform.Key, new ConnectWay(askAgain));
}
