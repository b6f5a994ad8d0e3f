using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>
/// Lets a signed-in person choose a Business Manager and what of it to share. What Facebook says is asked anew each time; what was ticked
/// and not connected is kept by the browser.
/// </summary>
public sealed partial class FacebookChooser(FacebookSharing sharing, Drafts drafts, IStringLocalizer<WizardText> words) : ComponentBase
{
    private readonly HashSet<AssetChoice> _chosen = [];
    private TickedAssets _kept = new();
    private IReadOnlyList<BusinessChoice>? _businesses;
    private IReadOnlyList<AssetChoice>? _assets;
    private List<AssetChoice> _adAccounts = [];
    private List<AssetChoice> _pages = [];
    private IReadOnlyList<WizardAsset>? _chosenBefore;
    private Dictionary<string, AssetState> _taken = []; // how far each asset is that was chosen before, by its id at the platform
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

    private string DraftName => Wizard.DraftOf($"assets-{Connection.Id}");

    private List<string> OwnBusinesses => [.. _businesses!.Where(b => b.IsAdmin).Select(b => b.Name)];

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_chosenBefore, Connection.Assets)) return;
        _chosenBefore = Connection.Assets;
        var taken = Connection.Assets.Where(a => a.State != AssetState.Failed).GroupBy(a => a.ExternalId)
            .ToDictionary(a => a.Key, a => a.First().State);
        if (taken.Count != _taken.Count || taken.Any(t => !_taken.TryGetValue(t.Key, out var state) || state != t.Value)) _taken = taken;
    }

    private string? CaptionOf(string? business) => _businesses!.FirstOrDefault(b => b.ExternalId == business) switch
    {
        null => null,
        { IsAdmin: true } own => own.Name,
        { } other => words["NotAdminOption", other.Name],
    };

    private async Task LoadAsync()
    {
        _failure = null;
        _businesses = null;
        _assets = null;
        Wizard.NoteUnconnected(0);
        StateHasChanged();
        var found = await sharing.ListBusinessesAsync(Wizard.Caller, Connection.Id, Wizard.Leaving);
        if (!found.Succeeded)
        {
            await FailAsync(found.Error);
            return;
        }

        _businesses = found.Value;
        var mine = found.Value.Where(b => b.IsAdmin).ToList();
        var kept = await drafts.RecallAsync<TickedAssets>(DraftName, Wizard.Leaving);
        if (kept is not null && mine.Exists(b => b.ExternalId == kept.Business)) await OpenBusinessAsync(kept);
        else if ((mine.Find(b => b.ExternalId == Connection.BusinessId) ?? (mine.Count == 1 ? mine[0] : null)) is { } before)
            await ChooseBusinessAsync(before.ExternalId);
    }

    private async Task ChooseBusinessAsync(string? business)
    {
        if (business is null || business == _kept.Business && _assets is not null) return;
        await OpenBusinessAsync(new TickedAssets { Business = business });
    }

    /// <summary>Shows what can be shared of a business, with what was ticked before.</summary>
    private async Task OpenBusinessAsync(TickedAssets kept)
    {
        _kept = kept;
        _assets = null;
        _failure = null;
        _nothingChosen = false;
        _chosen.Clear();
        Wizard.NoteUnconnected(0);
        StateHasChanged();
        var found = await sharing.ListAssetsAsync(Wizard.Caller, Connection.Id, kept.Business!, Wizard.Leaving);
        if (_kept != kept) return; // another one was chosen meanwhile
        if (!found.Succeeded)
        {
            await FailAsync(found.Error);
            return;
        }

        _assets = found.Value;
        _adAccounts = [.. _assets.Where(a => a.Kind == AssetKind.AdAccount)];
        _pages = [.. _assets.Where(a => a.Kind == AssetKind.Page)];
        var ids = kept.Ids.ToHashSet();
        _chosen.UnionWith(_assets.Where(a => ids.Contains(a.ExternalId) && a.OwnerName is null && !_taken.ContainsKey(a.ExternalId)));
        Wizard.NoteUnconnected(_chosen.Count);
    }

    private async Task FailAsync(PortalError failure)
    {
        _failure = failure;
        await Wizard.ReloadAsync(); // a sign-in that ran out is the step's to show
    }

    private Task NoteChosenAsync()
    {
        if (_chosen.Count > 0) _nothingChosen = false;
        Wizard.NoteUnconnected(_chosen.Count);
        return KeepAsync(() => _kept.Ids = [.. _chosen.Select(a => a.ExternalId)]);
    }

    private async Task KeepAsync(Action change)
    {
        change();
        await drafts.KeepAsync(DraftName, _kept, Wizard.Leaving);
    }

    private async Task ConnectAsync()
    {
        _nothingChosen = _chosen.Count == 0;
        if (_nothingChosen) return;
        await Share(Connection, _kept.Business!, [.. _assets!.Where(_chosen.Contains)]);
        await drafts.ForgetAsync(DraftName, Wizard.Leaving);
    }
}
