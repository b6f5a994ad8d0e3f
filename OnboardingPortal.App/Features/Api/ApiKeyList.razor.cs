using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.App.Features.Api;

/// <summary>The agency's keys to the API: a main user makes them, sees each once, and revokes them.</summary>
public sealed partial class ApiKeyList(
    PortalPageServices services, ApiKeys keys, AgencyFacebookService facebook, PlatformCatalog platforms, IStringLocalizer<ApiText> text, IStringLocalizer<PortalError> errors)
    : PortalPage(services)
{
    private readonly IStringLocalizer<ApiText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private IReadOnlyList<ApiKeySummary>? _keys;   // null until the first load
    private IReadOnlyList<(FacebookUserSummary User, BusinessManager Business)> _businesses = [];
    private bool _isCreating;
    private string? _secret;                       // while the dialog shows it
    private PortalError? _refusal;                 // of the open dialog
    private ApiKeySummary? _asked;                 // which the open question is about
    private Notice? _told;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var listed = await keys.ListAsync(caller, Leaving);
        _keys = listed.Succeeded ? listed.Value : [];
        if (!listed.Succeeded) _told = Notice.Refused(_errors.For(listed.Error, _platforms));
        _businesses = [.. from user in await facebook.ListAsync(caller.Agency, Leaving) from business in user.BusinessManagers where business.IsAdmin select (user, business)];
    }

    private void Open() => (_isCreating, _refusal, _told) = (true, null, null);

    private void Close() => (_isCreating, _secret) = (false, null);

    private Task CreateAsync(NewApiKey input) => RunAsync(async caller =>
    {
        var created = await keys.CreateAsync(caller, input, Leaving);
        _refusal = created.Error;
        if (!created.Succeeded) return;
        _secret = created.Value.Secret;
        await LoadAsync(caller);
    });

    private Task RevokeAsync() => RunAsync(async caller =>
    {
        if (_asked is not { } key) return;
        var refusal = await keys.RevokeAsync(caller, key.Id, Leaving);
        _told = refusal is null ? Notice.Done(_text["Revoked", key.Name]) : Notice.Refused(_errors.For(refusal, _platforms));
        _asked = null;
        await LoadAsync(caller);
    });
}
