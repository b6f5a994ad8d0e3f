using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>How the agency sends requests: what a main user can set.</summary>
public sealed partial class CollaborationForm(
    PortalPageServices services, AgencyService agencies, Notices notices, PlatformCatalog platforms, IStringLocalizer<SettingsText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private static readonly int[] UsualReminders = [3, 7, 14];
    private static readonly char[] Separators = [',', ';', ' ', '\n'];

    private readonly IStringLocalizer<SettingsText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private string _message = "";
    private bool _includeName;
    private string _language = "";
    private string _requestLanguage = "";                  // empty = the client's browser decides
    private RequestVisibility _visibility;
    private string _life = "";
    private LinkLifeUnit _lifeUnit;
    private bool _reminds;
    private string _days = "";
    private MailedChoice _completion = null!;
    private MailedChoice _lost = null!;
    private IReadOnlyList<MailedUser> _users = [];
    private bool _isLoaded;
    private bool _isSaved;
    private PortalError? _refusal;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        if (caller.Role != AgencyRole.MainUser)
        {
            (_isLoaded, _refusal) = (false, new NotAllowed()); // who is mailed is nobody else's business
            return;
        }

        var settings = (await agencies.GetAsync(caller.Agency, Leaving)).Settings;
        _users = await notices.ListUsersAsync(caller, Leaving);
        (_message, _includeName, _language) = (settings.DefaultMessage, settings.IncludeRequesterName, settings.Language);
        (_requestLanguage, _visibility) = (settings.RequestLanguage ?? "", settings.Visibility);
        (_life, _lifeUnit) = (settings.LinkLife.Count.ToString(CultureInfo.InvariantCulture), settings.LinkLife.Unit);
        (_reminds, _days) = (settings.ReminderDays.Count > 0, string.Join(", ", settings.ReminderDays.Count > 0 ? settings.ReminderDays : UsualReminders));
        (_completion, _lost) = (new MailedChoice(settings.MailedOnCompletion, _users), new MailedChoice(settings.MailedOnLostAccess, _users));
        _isLoaded = true;
    }

    private Task SaveAsync() => RunAsync(async caller =>
    {
        _isSaved = false;
        var settings = new CollaborationSettings(
            _message, _includeName, _language, _requestLanguage.Length == 0 ? null : _requestLanguage, _visibility, new LinkLife(NumberOf(_life), _lifeUnit),
            _reminds ? [.. _days.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(NumberOf)] : [], _completion.People, _lost.People);
        _refusal = await agencies.ChangeSettingsAsync(caller, settings, Leaving);
        if (_refusal is not null) return;
        await LoadAsync(caller);
        _isSaved = true;
    });

    private void SeeAs(RequestVisibility rule)
    {
        _visibility = rule;
        NoteChange();
    }

    /// <summary>What was typed as a number; 0, which no rule allows, when it is none.</summary>
    private static int NumberOf(string typed) => int.TryParse(typed, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void NoteChange() => _isSaved = false;

    private string? ProblemOf(string field) => (_refusal as InputRefused)?.Fields.GetValueOrDefault(field);

    private string? Invalid(string field) => ProblemOf(field) is null ? null : "true";
}
