using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Components.Wizard.Steps;

/// <summary>What became of each asset that was chosen with one sign-in, who must act next, and how.</summary>
public sealed partial class AssetOutcomes(FacebookVerification verification) : ComponentBase
{
    private PortalError? _refusal;
    private bool _checked;

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    [Parameter, EditorRequired] public required WizardConnection Connection { get; set; }

    /// <summary>Whether this page shares right now.</summary>
    [Parameter] public bool Sharing { get; set; }

    /// <summary>Shares again; null where the one who is looking cannot.</summary>
    [Parameter] public Func<WizardConnection, string, IReadOnlyList<AssetChoice>, Task>? Share { get; set; }

    private int Known => Connection.Assets.Count(a => a.State != AssetState.Selected);

    private bool Waiting => Sharing && Known < Connection.Assets.Count;

    private string Names(AssetState state) => string.Join(", ", Connection.Assets.Where(a => a.State == state).Select(a => a.Name));

    private Task TryAgainAsync(WizardAsset asset) =>
        Share!(Connection, Connection.BusinessId ?? "", [new AssetChoice(asset.Kind, asset.ExternalId, asset.Name, null, false)]);

    private async Task CheckAsync()
    {
        _checked = false;
        _refusal = await Wizard.DoAsync(token => verification.CheckAsync(Wizard.Caller.Agency, Wizard.Caller.Request, token));
        _checked = _refusal is null;
    }
}
