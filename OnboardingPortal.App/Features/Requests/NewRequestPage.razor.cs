using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>Makes a new request.</summary>
public sealed partial class NewRequestPage(
    PortalPageServices services, RequestService requests, AgencyService agencies, AgencyFacebookService facebook, PlatformCatalog catalog,
    RequestTemplates templates,
    IValidator<RequestTerms> rules, Drafts drafts, IDialogService dialogs, IStringLocalizer<RequestsText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private const string Keep = "new-request";
    private static readonly string[] Groups = [nameof(RequestTerms.Platforms)];

    private readonly PlatformCatalog _catalog = catalog;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules = rules.For<RequestDraft, RequestTerms>(
        draft => draft.ToInput(catalog));
    private PortalForm<RequestDraft>? _form;
    private RequestDraft? _draft;                         // null until loaded
    private bool _isRecalled;
    private IReadOnlyList<FacebookUserSummary> _users = [];
    private bool _isMainUser;
    private string? _problem;
    private bool _saved;

    private IStringLocalizer<RequestsText> Text => text;

    private FacebookUserSummary? User => _users.FirstOrDefault(u => u.Id == _draft?.FacebookUserId);

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var agency = await agencies.GetAsync(caller.Agency, Leaving);
        _users = await facebook.ListAsync(caller.Agency, Leaving);
        _isMainUser = caller.Role == AgencyRole.MainUser;
        _templates = await templates.ListAsync(caller, Leaving);
        _defaultMessage = agency.DefaultMessageIn(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        var start = new RequestDraft { Language = agency.RequestLanguage ?? "" };
        Fill(start, _templates.FirstOrDefault(t => t.IsDefault));
        var draft = await drafts.RecallAsync(Keep, start, Leaving);
        _isRecalled = draft is not null;
        _draft = draft ?? start;
    }

    private Task ChooseAsync((PlatformKey Platform, bool On) choice)
    {
        _draft!.Choose(choice.Platform, choice.On);
        return _form!.NoteChangeAsync(nameof(RequestTerms.Platforms));
    }

    private Task SaveAsync() => _saved ? Task.CompletedTask : RunAsync(async caller =>
    {
        var created = await requests.CreateAsync(caller, _draft!.ToInput(_catalog), Leaving);
        _problem = created.Succeeded ? null : errors.For(created.Error, _catalog);
        if (created.Error is InputRefused refused) await _form!.RefuseAsync(refused);
        if (!created.Succeeded) return;

        _saved = true; // until the browser is on its way, the button must not save again
        await _form!.SavedAsync();
        Navigation.NavigateTo($"/collaboration/requests/{created.Value}");
    });
}
