using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The form of a new request.</summary>
public sealed partial class NewRequestForm(
    PortalPageServices services, RequestService requests, AgencyService agencies, AgencyFacebookService facebook, PlatformCatalog catalog,
    RequestTemplates templates, IStringLocalizer<RequestsText> text, IStringLocalizer<PortalError> errors, IJSRuntime script) : PortalPage(services)
{
    private const string Draft = "new-request";
    private static readonly string?[] LanguageChoices = [null, .. NewRequestValidator.Languages];
    private readonly IStringLocalizer<RequestsText> _text = text;
    private readonly HashSet<PlatformKey> _chosen = [];
    private Agency? _agency;                              // null until loaded
    private IReadOnlyList<FacebookUserSummary> _users = [];
    private bool _canConnect;
    private string _message = "";
    private FacebookUserSummary? _user;
    private string? _business;
    private string? _language;
    private string? _problem;
    private InputRefused? _refused;
    private bool _saved;

    private IReadOnlyList<IPlatformClient> Platforms => catalog.All;

    private bool NeedsBusiness => Platforms.Any(p => p.Descriptor.Grants == PlatformGrants.Assets && _chosen.Contains(p.Descriptor.Key));

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var agency = await agencies.GetAsync(caller.Agency, Leaving);
        _users = await facebook.ListAsync(caller.Agency, Leaving);
        _canConnect = caller.Role == AgencyRole.MainUser;
        var draft = await script.InvokeAsync<string?>("portal.recall", Leaving, Draft);
        _templates = await templates.ListAsync(caller, Leaving);
        (_defaultMessage, _language) = (agency.DefaultMessage, agency.RequestLanguage);
        Fill(_templates.FirstOrDefault(t => t.IsDefault));
        _message = draft ?? _message;
        _agency = agency;
    }

    private void Choose(IPlatformClient platform, bool on)
    {
        if (on) _chosen.Add(platform.Descriptor.Key);
        else _chosen.Remove(platform.Descriptor.Key);
    }

    private void ChooseUser(FacebookUserSummary? user)
    {
        _user = user;
        _business = user?.BusinessManagers.Where(b => b.IsAdmin).ToList() is [var only] ? only.ExternalId : null;
    }

    private Task SaveAsync() => _saved ? Task.CompletedTask : RunAsync(async caller =>
    {
        var asked = Platforms.Select(p => p.Descriptor.Key).Where(_chosen.Contains).ToList();
        var input = new NewRequest(_message, asked, NeedsBusiness ? _user?.Id : null, NeedsBusiness ? _business : null, _language);
        var created = await requests.CreateAsync(caller, input, Leaving);
        _refused = created.Error as InputRefused;
        _problem = created.Succeeded ? null : errors.For(created.Error, catalog);
        if (!created.Succeeded) return;

        _saved = true; // until the browser is on its way, the button must not save again
        await script.InvokeVoidAsync("portal.forget", Leaving, Draft);
        Navigation.NavigateTo($"/collaboration/requests/{created.Value}");
    });

    private string? ProblemOf(string field) => _refused?.Fields.GetValueOrDefault(field);
}
