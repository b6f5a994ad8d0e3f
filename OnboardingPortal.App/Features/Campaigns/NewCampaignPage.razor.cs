using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>Drafts a campaign: one screen, with what Facebook refuses at its field.</summary>
public sealed partial class NewCampaignPage : PortalPage
{
    private static readonly string[] Groups =
    [
        nameof(CampaignTerms.Categories), nameof(CampaignTerms.CategoryCountries), nameof(CampaignTerms.Countries),
        nameof(CampaignTerms.Audiences),
    ];

    private readonly CampaignService _campaigns;
    private readonly CampaignNaming _naming;
    private readonly PlatformCatalog _platforms;
    private readonly IStringLocalizer<PortalError> _errors;
    private readonly TimeProvider _clock;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules;

    private PortalForm<CampaignForm>? _portalForm;
    private CampaignForm? _form;                       // null until loaded, and where nobody granted a pair
    private IReadOnlyList<CampaignClient> _clients = [];
    private CampaignFacts? _facts;                     // null before a pair is chosen
    private IReadOnlyList<CampaignAudience>? _audiences;
    private (string Beneficiary, string Payor) _proposed = ("", "");
    private CampaignDraftId? _correcting;
    private string _rule = "";
    private bool _isNameTyped;
    private bool _hasMissedNames; // Facebook has, outside of the European Union
    private string? _problem;
    private string? _says;

    public NewCampaignPage(
        PortalPageServices services, CampaignService campaigns, CampaignNaming naming, CampaignTermsValidator rules,
        PlatformCatalog platforms, IStringLocalizer<CampaignsText> text, IStringLocalizer<PortalError> errors, TimeProvider clock)
        : base(services)
    {
        _campaigns = campaigns;
        _naming = naming;
        _platforms = platforms;
        _errors = errors;
        _clock = clock;
        Text = text;
        _rules = rules.For<CampaignForm, CampaignTerms>(
            form => form.ToTerms(), context => CampaignTermsValidator.Knowing(context, _facts));
    }

    /// <summary>A draft that Facebook refused, to be corrected; its id, or hostile text. Null = a new one.</summary>
    [SupplyParameterFromQuery] public string? Correct { get; set; }

    private IStringLocalizer<CampaignsText> Text { get; }

    private IReadOnlyList<BreadcrumbItem> Trail => [new(Text["Campaigns"], "/campaigns")];

    private CampaignClient? Client => _clients.FirstOrDefault(c => c.AdAccounts.Any(a => a.Id == _form?.AdAccount));

    private string ZoneName => _facts?.TimeZone ?? Text["AccountsZone"];

    private string? CategoriesProblem => _portalForm?.ProblemOf(nameof(CampaignTerms.Categories));

    private string? WideningProblem => _portalForm?.ProblemOf(nameof(CampaignTerms.WidensAudience));

    /// <summary>In the European Union, and wherever else Facebook asks for them.</summary>
    private bool AsksForNames => _hasMissedNames || _form!.Countries.Any(CampaignCountries.IsEuropean);

    private string BudgetHint => _facts is { } facts && CampaignTermsValidator.MinimumOf(_form!.ToTerms(), facts) is { } least
        ? Text["LeastBudget", CampaignWords.Money(least, facts.Currency)]
        : Text["BudgetHint"];

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _rule = await _naming.GetRuleAsync(caller, Leaving);
        _clients = await _campaigns.ListClientsAsync(caller, Leaving);
        var refused = IdIn(Correct) is { } id ? await _campaigns.FindAsync(caller, CampaignDraftId.From(id), Leaving) : null;
        if (refused is { State: CampaignState.Refused })
        {
            (_correcting, _form, _isNameTyped) = (refused.Id, CampaignForm.Of(refused.Terms), true);
            if (Client is null) (_form.AdAccount, _form.Page) = (null, null); // no longer granted
            await ProposeAsync(caller);
        }
        else if (_clients.Count > 0)
        {
            _form ??= new CampaignForm();
            if (_clients is [{ AdAccounts: [var only], Pages: var pages }])
                (_form.AdAccount, _form.Page) = (only.Id, pages.Count == 1 ? pages[0].Id : null);
            ProposeName();
            await ProposeAsync(caller);
        }
    }

    private Task ChooseAccountAsync(AssetId? account)
    {
        var before = Client;
        _form!.AdAccount = account;
        if (Client != before) _form.Page = Client is { Pages: [var only] } ? only.Id : null;
        ProposeName();
        return RunAsync(ProposeAsync);
    }

    private Task ChoosePageAsync(AssetId? page)
    {
        _form!.Page = page;
        return RunAsync(ProposeAsync);
    }

    private void ChooseObjective(CampaignObjective objective)
    {
        _form!.Objective = objective;
        ProposeName();
    }

    private Task ChooseCountriesAsync(IReadOnlyCollection<string> codes)
    {
        _form!.Countries = codes;
        return _portalForm!.NoteChangeAsync(nameof(CampaignTerms.Countries));
    }

    private Task ChooseCategoryCountriesAsync(IReadOnlyCollection<string> codes)
    {
        _form!.CategoryCountries = codes;
        return _portalForm!.NoteChangeAsync(nameof(CampaignTerms.CategoryCountries));
    }

    private Task ChooseAudiencesAsync(IReadOnlyCollection<string> ids)
    {
        _form!.Audiences = ids;
        return _portalForm!.NoteChangeAsync(nameof(CampaignTerms.Audiences));
    }

    private void TypeName(string name)
    {
        _form!.Name = name ?? "";
        _isNameTyped = _form.Name.Length > 0;
    }

    private void ProposeName()
    {
        if (_isNameTyped || Client is not { } client) return;
        _form!.Name = CampaignNaming.Fill(
            _rule, client.Name, Text[$"Objective{_form.Objective}"],
            _facts?.Today ?? DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));
    }

    /// <summary>Asks Facebook what the account is like, once the pair is chosen; again where another one was chosen meanwhile.</summary>
    private async Task ProposeAsync(AgencyCaller caller)
    {
        (_facts, _audiences, _problem, _says) = (null, null, null, null);
        while (_form is { AdAccount: { } account, Page: { } page })
        {
            var proposal = await _campaigns.ProposeAsync(caller, account, page, Leaving);
            if (_form.AdAccount != account || _form.Page != page) continue;
            if (proposal.Succeeded) Take(proposal.Value);
            else await TellAsync(proposal.Error);
            return;
        }
    }

    /// <summary>Shows what is known of the pair now. Names that somebody typed stay.</summary>
    private void Take(CampaignProposal proposal)
    {
        (_facts, _audiences) = (proposal.Facts, proposal.Audiences);
        _form!.Audiences = [.. _form.Audiences.Where(id => _audiences.Any(a => a.Id == id && a.CanBeChosen))];
        var (beneficiary, payor) = (proposal.Beneficiary ?? "", proposal.Payor ?? "");
        if (_form.Beneficiary.Length == 0 || _form.Beneficiary == _proposed.Beneficiary) _form.Beneficiary = beneficiary;
        if (_form.Payor.Length == 0 || _form.Payor == _proposed.Payor) _form.Payor = payor;
        _proposed = (beneficiary, payor);
        ProposeName();
    }

    private Task SaveAsync() => RunAsync(async caller =>
    {
        (_problem, _says) = (null, null);
        var made = await _campaigns.CreateAsync(caller, _form!.ToTerms(), _correcting, Leaving);
        if (made is { Succeeded: true, Value: { Refused: null } outcome })
        {
            await _portalForm!.SavedAsync();
            Navigation.NavigateTo($"/campaigns/{outcome.Id}");
            return;
        }

        if (made.Succeeded) _correcting = made.Value.Id;
        await TellAsync(made.Error ?? made.Value.Refused!);
    });

    /// <summary>Shows a refusal at its field; what belongs to none, and Facebook's own words, below the form.</summary>
    private async Task TellAsync(PortalError error)
    {
        var words = _errors.For(error, _platforms);
        var field = error switch
        {
            CampaignRefused { Field: CampaignField.CategoryCountries } when _form!.Categories.Count == 0 =>
                nameof(CampaignTerms.Categories),
            CampaignRefused refused => refused.Field?.ToString(),
            CampaignPairRefused or CampaignPageNotPromoted => nameof(CampaignTerms.Page),
            CampaignAudienceRefused => nameof(CampaignTerms.Audiences),
            _ => null,
        };
        _says = (error as CampaignRefused)?.UserText;
        if (error is InputRefused input)
        {
            await _portalForm!.RefuseAsync(input);
            return;
        }

        _problem = words;
        if (field is nameof(CampaignTerms.Beneficiary) or nameof(CampaignTerms.Payor))
        {
            _hasMissedNames = true;
            StateHasChanged(); // what is not shown cannot be judged
        }

        if (field is not null && _portalForm is not null)
            await _portalForm.RefuseAsync(new InputRefused(new Dictionary<string, string> { [field] = words }));
    }

    private Task<IEnumerable<AssetId?>> FindAccountsAsync(string? typed, CancellationToken cancellationToken) =>
        Task.FromResult(
            from client in _clients
            from account in client.AdAccounts
            where string.IsNullOrEmpty(typed) || typed == NameOfAccount(_form?.AdAccount)
                || $"{account.Name} {account.ExternalId} {client.Name}".Contains(typed, StringComparison.CurrentCultureIgnoreCase)
            select (AssetId?)account.Id);

    private string NameOfAccount(AssetId? id) => (
        from client in _clients
        from account in client.AdAccounts
        where account.Id == id
        select $"{account.Name} · {client.Name}").FirstOrDefault() ?? "";

    private string NameOfPage(AssetId? id) => Client?.Pages.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private static string Least(CampaignFacts facts) => facts.MinimumDaily is { } least ? CampaignWords.Money(least, facts.Currency) : "–";
}
