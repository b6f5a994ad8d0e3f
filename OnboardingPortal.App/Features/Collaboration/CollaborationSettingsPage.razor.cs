using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using Severity = MudBlazor.Severity;

namespace OnboardingPortal.App.Features.Collaboration;

/// <summary>How the agency sends requests, and its white label: what a main user can set.</summary>
public sealed partial class CollaborationSettingsPage(
    PortalPageServices services, AgencyService agencies, Notices notices, IValidator<CollaborationSettings> rules, Drafts drafts,
    PlatformCatalog platforms, IStringLocalizer<CollaborationText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private const string Keep = "collaboration-settings";

    private readonly IStringLocalizer<CollaborationText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules =
        rules.For<CollaborationDraft, CollaborationSettings>(draft => draft.ToSettings());

    private PortalForm<CollaborationDraft>? _form;
    private CollaborationDraft? _draft; // null until loaded, and for anybody who may not see it
    private bool _isRecalled;
    private IReadOnlyList<MailedUser> _users = [];

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        if (caller.Role != AgencyRole.MainUser)
        {
            _draft = null; // who is mailed is nobody else's business
            return;
        }

        var start = CollaborationDraft.Of((await agencies.GetAsync(caller.Agency, Leaving)).Settings);
        _users = await notices.ListUsersAsync(caller, Leaving);
        var kept = await drafts.RecallAsync(Keep, start, Leaving);
        (kept ?? start).KeepOnly(_users);
        _draft = kept ?? start;
        _isRecalled = kept is not null;
    }

    private Task SaveAsync() => RunAsync(async caller =>
    {
        var refusal = await agencies.ChangeSettingsAsync(caller, _draft!.ToSettings(), Leaving);
        if (refusal is InputRefused refused)
        {
            await _form!.RefuseAsync(refused);
            return;
        }

        if (refusal is not null)
        {
            Notices.Show(new Notice(Severity.Error, _errors.For(refusal, _platforms)));
            return;
        }

        await _form!.SavedAsync();
        await LoadAsync(caller);
        Notices.Show(Notice.Done(_text["Saved"]));
    });

    private string NameOf(string? language) =>
        language is null or CollaborationDraft.Browser ? _text["BrowserDecides"] : CultureInfo.GetCultureInfo(language).NativeName;
}
