using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>What became of each asset that was chosen with one sign-in, who must act next, and how.</summary>
public sealed partial class AssetOutcomes(IStringLocalizer<WizardText> words) : ComponentBase
{
    private const int MaxPlain = 12; // more lie in a region that scrolls and has only the rows in sight

    private ElementReference _heading;
    private bool _wasSharing;

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    [Parameter, EditorRequired] public required WizardConnection Connection { get; set; }

    /// <summary>Whether this page shares right now.</summary>
    [Parameter] public bool Sharing { get; set; }

    /// <summary>Shares again; null where the one who is looking cannot.</summary>
    [Parameter] public Func<WizardConnection, string, IReadOnlyList<AssetChoice>, Task>? Share { get; set; }

    private string Title => words[Waiting ? "OutcomesRunning" : "Outcomes", State.AgencyName];

    private bool IsLong => Connection.Assets.Count > MaxPlain;

    private List<WizardAsset> Ordered => [.. Connection.Assets.OrderByDescending(NeedsSomebody)];

    private int Known => Connection.Assets.Count(a => a.State != AssetState.Selected);

    private bool Waiting => Sharing && Known < Connection.Assets.Count;

    // The button that was pressed to share is gone.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var begins = Sharing && !_wasSharing;
        _wasSharing = Sharing;
        if (begins) await _heading.FocusAsync();
    }

    // What somebody must act on stands on top; the rest stays in the order of choosing.
    private static bool NeedsSomebody(WizardAsset asset) =>
        asset.State is AssetState.Failed or AssetState.Lost or AssetState.AwaitingClient or AssetState.AwaitingAdminApproval;

    private static bool AwaitsHand(WizardAsset asset) => asset is { State: AssetState.AwaitingClient, AwaitsAcceptance: false };

    private string Names(AssetState state) => string.Join(", ", Connection.Assets.Where(a => a.State == state).Select(a => a.Name));

    private Task TryAgainAsync(WizardAsset asset) =>
        Share!(Connection, Connection.BusinessId ?? "", [new AssetChoice(asset.Kind, asset.ExternalId, asset.Name, null, false)]);
}
