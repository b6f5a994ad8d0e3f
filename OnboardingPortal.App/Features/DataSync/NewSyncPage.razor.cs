using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Google;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>
/// Makes a new sync: five choices below each other, each shown in short once it is made. The address holds account, list and ad account,
/// the browser keeps the rest.
/// </summary>
public sealed partial class NewSyncPage(
    PortalPageServices services, SyncService syncs, PlatformCatalog platforms, IValidator<SyncTerms> rules, Drafts drafts,
    IJSRuntime script, IStringLocalizer<SharedText> shared) : PortalPage(services)
{
    private const string Keep = "new-sync";
    private static readonly PlatformKey GoogleAdsKey = GoogleDefaults.AdsKey;
    private static readonly string[] Groups =
        [nameof(SyncTerms.Account), nameof(SyncTerms.List), nameof(SyncTerms.Filter), nameof(SyncTerms.AdAccount),
            nameof(SyncTerms.Columns)];

    private readonly PlatformCatalog _platforms = platforms;
    private readonly IStringLocalizer<SharedText> _shared = shared;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules = rules.For<NewSyncDraft, SyncTerms>(draft => draft.ToTerms());
    private PortalForm<NewSyncDraft>? _form;
    private NewSyncDraft? _draft;                        // null until loaded
    private bool _isRecalled;
    private string _person = "";
    private SyncChoice? _open;                           // opened by the person; null = the first that is not made
    private IReadOnlyList<SyncSource>? _sources;         // the rest is read as it is chosen; null = not yet
    private SyncSource? _source;
    private IReadOnlyList<ContactList>? _lists;
    private string? _listsAt;                            // the address that the lists were asked for at
    private IReadOnlyList<SyncTarget>? _targets;
    private IReadOnlyList<SyncAudience>? _audiences;
    private MappingProposal? _proposal;
    private (string? List, string? Filter) _proposedFor; // what the proposal is of
    private bool _isNewAudience = true;
    private string _proposedName = "";
    private PortalError? _listsRefusal;
    private PortalError? _targetsRefusal;
    private PortalError? _audiencesRefusal;
    private PortalError? _proposalRefusal;
    private PortalError? _refusal;
    private string? _audienceProblem;
    private string? _columnsProblem;
    private bool _isSaved;
    private SyncChoice? _left;                           // what was open before the person went on; null = they have not

    /// <summary>The account; its id, or hostile text.</summary>
    [SupplyParameterFromQuery(Name = "account")] public string? AccountText { get; set; }

    /// <summary>The list, as its platform calls it; hostile text.</summary>
    [SupplyParameterFromQuery(Name = "list")] public string? List { get; set; }

    /// <summary>Where the list is, of a platform that cannot tell which lists there are; hostile text.</summary>
    [SupplyParameterFromQuery(Name = "address")] public string? Address { get; set; }

    /// <summary>The ad account; its id, or hostile text.</summary>
    [SupplyParameterFromQuery(Name = "adAccount")] public string? AdAccountText { get; set; }

    protected override object Subject => (Account, Address, List, AdAccount);

    private long? Account => IdIn(AccountText);

    private long? AdAccount => IdIn(AdAccountText);

    private IReadOnlyList<BreadcrumbItem> Trail => [new(Text["Title"], "/data-sync")];

    private SyncChoice Open => _open ?? FirstOpen;

    private SyncChoice FirstOpen => _source is null ? SyncChoice.Account : ListOf(List) is null ? SyncChoice.List
        : !IsTargetMade ? SyncChoice.Target : !_draft!.ColumnsSeen ? SyncChoice.Columns : SyncChoice.Basis;

    private bool IsTargetMade => AdAccount is not null && TargetOf(AdAccount) is { Works: true };

    private string? AccountSummary => _source is null ? null : $"{_source.Client} · {_platforms.NameOf(_source.Platform)} · {_source.Name}";

    private string? ListSummary => ListOf(List) is not { } list ? null
        : _draft!.Conditions.Count > 0 ? $"{list.Name} · {string.Join(", ", _draft.Conditions.Select(c => Text.Sentence(c)))}"
        : list.Count is { } count ? $"{list.Name} · {People(count)}" : list.Name;

    private string? TargetSummary => !IsTargetMade ? null : $"{TargetOf(AdAccount)!.Name} · {AudienceName}";

    private string? ColumnsSummary => _draft is { ColumnsSeen: true, Columns.Count: > 0 } && IsTargetMade
        ? string.Join(", ", _draft.Columns.OrderBy(c => c.Key).Select(c => Text[$"Key{c.Key}"].Value)) : null;

    private string AudienceName => _draft!.Audience is null ? Text["NewAudienceNamed", _draft.AudienceName]
        : _audiences?.FirstOrDefault(a => a.Id == _draft.Audience)?.Name ?? Text["ExistingAudience"];

    /// <summary>Whoever goes on to another choice goes on there by keys too.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_left is null || Open == _left) return;
        _left = null;
        await script.InvokeVoidAsync("portal.focus", Leaving, $"choice-{(int)Open + 1}");
    }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _person = caller.Name;
        _sources ??= await syncs.SourcesAsync(caller, Leaving);
        var source = _sources.FirstOrDefault(s => s.Account.Value == Account && CanBeChosen(s));
        if (source?.Account != _source?.Account) (_lists, _targets, _audiences, _proposal) = (null, null, null, null);
        if (Address != _listsAt) _lists = null;
        _source = source;
        _draft ??= await RecallAsync();
        (_draft.Account, _draft.List, _draft.AdAccount) = (_source?.Account, List, AdAccount is { } id ? AssetId.From(id) : null);
        if (_source is null) return;
        await ReadListsAsync(caller, _source.Account);
        if (ListOf(List) is not { } list) return;
        _draft.ListName = list.Name;
        if (_source.CanFilter) await ReadFilterFieldsAsync(caller, _source.Account, list.Key);
        await ReadAudiencesAsync(caller);
        if (IsFiltering) return;
        if (_proposal is null || _proposedFor != (list.Key, Filter)) await ProposeAsync(caller, _source.Account, list.Key);
    }

    /// <summary>What was kept, where it is of the account and list in the address.</summary>
    private async Task<NewSyncDraft> RecallAsync()
    {
        var kept = await drafts.RecallAsync<NewSyncDraft>(Keep, Leaving);
        _isRecalled = kept is not null && kept.Account?.Value == Account && kept.List == List && Account is not null;
        if (!_isRecalled) return new();
        _isNewAudience = kept!.Audience is null;
        return kept;
    }

    private async Task ReadListsAsync(AgencyCaller caller, ConnectionId account)
    {
        if (_lists is null)
        {
            var lists = await syncs.ListsAsync(caller, account, Address, Leaving);
            (_lists, _listsRefusal, _listsAt) = (lists.Succeeded ? lists.Value : null, lists.Error, Address);
        }

        if (_targets is null)
        {
            var targets = await syncs.TargetsAsync(caller, account, Leaving);
            (_targets, _targetsRefusal) = (targets.Succeeded ? targets.Value : null, targets.Error);
        }

        if (AdAccount is null && _targets?.Where(t => t.Works).ToList() is [var only]) _draft!.AdAccount = only.AdAccount;
    }

    private async Task ProposeAsync(AgencyCaller caller, ConnectionId account, string list)
    {
        (_proposal, _proposalRefusal) = (null, null);
        var proposal = await syncs.ProposeAsync(caller, account, list, Filter, Leaving);
        (_proposal, _proposalRefusal) = (proposal.Succeeded ? proposal.Value : null, proposal.Error);
        _proposedFor = (list, Filter);
        if (_proposal is null) return;
        // What was chosen before stays where it fits this list.
        var stays = _draft!.ColumnsSeen && _draft.Columns.TrueForAll(c => _proposal.Fields.Any(f => f.Key == c.Field && f.Name == c.Name));
        if (stays) return;
        _draft.ColumnsSeen = false;
        _draft.Columns = [.. _proposal.Columns];
        _draft.DefaultCountry = _proposal.Country;
    }

    private async Task ReadAudiencesAsync(AgencyCaller caller)
    {
        if (_draft!.AdAccount is not { } adAccount || _audiences is not null) return;
        var audiences = await syncs.AudiencesAsync(caller, adAccount, Leaving);
        (_audiences, _audiencesRefusal) = (audiences.Succeeded ? audiences.Value : null, audiences.Error);
        await ProposeNameAsync(caller);
    }

    /// <summary>A name that is free on the ad account, unless somebody typed one.</summary>
    private async Task ProposeNameAsync(AgencyCaller caller)
    {
        if (_draft!.AudienceName.Length > 0 && _draft.AudienceName != _proposedName) return;
        var ofClient = (await syncs.ListAsync(caller, Leaving)).Where(line => line.Client == _source!.Client);
        var taken = ofClient.Select(line => line.AudienceName).Concat((_audiences ?? []).Select(audience => audience.Name));
        _draft.AudienceName = _proposedName = Text.ProposedName(_platforms.NameOf(_source!.Platform), taken);
    }

    private static bool CanBeChosen(SyncSource source) => source is { Works: true, AdAccounts: > 0 };

    private string AboutSource(SyncSource source)
    {
        var name = $"{_platforms.NameOf(source.Platform)} · {source.Name}";
        return source switch
        {
            { Works: false } => $"{name} · {Text["AccountDoesNotWork"]}",
            { AdAccounts: 0 } => $"{name} · {Text["AccountWithoutAdAccount"]}",
            _ => name,
        };
    }

    private string AboutList(ContactList list) =>
        list.Parent is null ? Text[$"List{list.Kind}"] : $"{Text[$"List{list.Kind}"]} · {list.Parent}";

    private string People(long count) => Text[count == 1 ? "OnePerson" : "PeopleCount", SyncWords.Number(count)];

    private static string IconOf(ContactListKind kind) => kind switch
    {
        ContactListKind.Segment => Icons.Material.Outlined.PieChart,
        ContactListKind.Tag => Icons.Material.Outlined.Label,
        ContactListKind.Sheet => Icons.Material.Outlined.TableChart,
        ContactListKind.LeadForm => Icons.Material.Outlined.Assignment,
        _ => Icons.Material.Outlined.Group,
    };

    private ContactList? ListOf(string? key) => key is null ? null : _lists?.FirstOrDefault(l => l.Key == key);

    private SyncTarget? TargetOf(long? id) => _targets?.FirstOrDefault(t => t.AdAccount.Value == id);
}
