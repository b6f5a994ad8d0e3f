using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>Lets a signed-in person choose a Business Manager and what of it to share. What Facebook says is asked anew each time.</summary>
public sealed partial class FacebookChooser(FacebookSharing sharing, IStringLocalizer<WizardText> words) : ComponentBase
{
    private readonly HashSet<AssetChoice> _chosen = [];
    private IReadOnlyList<BusinessOption>? _businesses;
    private IReadOnlyList<AssetChoice>? _assets;
    private string? _business;
    private PortalError? _failure;
    private bool _nothingChosen;

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    /// <summary>The sign-in whose businesses are shown.</summary>
    [Parameter, EditorRequired] public required WizardConnection Connection { get; set; }

    [Parameter, EditorRequired] public required Func<WizardConnection, string, IReadOnlyList<AssetChoice>, Task> Share { get; set; }

    /// <summary>Signs in once more, perhaps as somebody else; true = ask again for what was refused.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> SignIn { get; set; }

    /// <summary>How far each asset is that was chosen before, by its id at the platform.</summary>
    private Dictionary<string, AssetState> Taken =>
        Connection.Assets.Where(a => a.State != AssetState.Failed).GroupBy(a => a.ExternalId).ToDictionary(a => a.Key, a => a.First().State);

    private List<string> OwnBusinesses => [.. _businesses!.Where(b => b.IsAdmin).Select(b => b.Name)];

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        (_failure, _businesses, _assets, _business) = (null, null, null, null);
        StateHasChanged();
        var found = await sharing.ListBusinessesAsync(Wizard.Caller, Connection.Id, Wizard.Leaving);
        if (!found.Succeeded)
        {
            await FailAsync(found.Error);
            return;
        }

        _businesses = [.. found.Value.Select(b => new BusinessOption(b, b.IsAdmin ? b.Name : words["NotAdminOption", b.Name]))];
        var mine = _businesses.Where(b => b.IsAdmin).ToList();
        var before = mine.Find(b => b.ExternalId == Connection.BusinessId) ?? (mine.Count == 1 ? mine[0] : null);
        if (before is not null) await ChooseBusinessAsync(before.ExternalId);
    }

    private async Task ChooseBusinessAsync(string? business)
    {
        if (business is null || business == _business) return;
        (_business, _assets, _failure, _nothingChosen) = (business, null, null, false);
        _chosen.Clear();
        Wizard.NoteUnconnected(0);
        StateHasChanged();
        var found = await sharing.ListAssetsAsync(Wizard.Caller, Connection.Id, business, Wizard.Leaving);
        if (_business != business) return; // another one was chosen meanwhile
        if (found.Succeeded) _assets = found.Value;
        else await FailAsync(found.Error);
    }

    private async Task FailAsync(PortalError failure)
    {
        _failure = failure;
        await Wizard.ReloadAsync(); // a sign-in that ran out is the step's to show
    }

    private void NoteChosen()
    {
        if (_chosen.Count > 0) _nothingChosen = false;
        Wizard.NoteUnconnected(_chosen.Count);
        StateHasChanged();
    }

    private async Task ConnectAsync()
    {
        _nothingChosen = _chosen.Count == 0;
        if (!_nothingChosen) await Share(Connection, _business!, [.. _assets!.Where(_chosen.Contains)]);
    }

    private sealed record BusinessOption(BusinessChoice Choice, string Caption)
    {
        public string ExternalId => Choice.ExternalId;

        public string Name => Choice.Name;

        public bool IsAdmin => Choice.IsAdmin;

        public bool Disabled => !Choice.IsAdmin;
    }
}
