using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Components.Settings;

/// <summary>How the agency sends requests: what a main user can set.</summary>
public sealed partial class CollaborationForm(
    PortalPageServices services, AgencyService agencies, PlatformCatalog platforms, IStringLocalizer<SettingsText> text, IStringLocalizer<PortalError> errors)
    : PortalPage(services)
{
    private readonly IStringLocalizer<SettingsText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private CollaborationSettings _settings = null!;
    private string _message = "";
    private bool _includeName;
    private string _language = "";
    private bool _isLoaded;
    private bool _isSaved;
    private PortalError? _refusal;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _settings = (await agencies.GetAsync(caller.Agency, Leaving)).Settings;
        (_message, _includeName, _language, _isLoaded) = (_settings.DefaultMessage, _settings.IncludeRequesterName, _settings.Language, true);
    }

    private Task SaveAsync() => RunAsync(async caller =>
    {
        _isSaved = false;
        _refusal = await agencies.ChangeSettingsAsync(caller, _settings with { DefaultMessage = _message, IncludeRequesterName = _includeName, Language = _language }, Leaving);
        _isSaved = _refusal is null;
    });

    private void NoteChange() => _isSaved = false;

    private string? ProblemOf(string field) => (_refusal as InputRefused)?.Fields.GetValueOrDefault(field);

    private string? Invalid(string field) => ProblemOf(field) is null ? null : "true";
}
