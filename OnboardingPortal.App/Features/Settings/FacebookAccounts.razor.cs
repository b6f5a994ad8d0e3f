using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>The agency's Facebook users, and what clients share with them. Everybody may look, main users may change.</summary>
public sealed partial class FacebookAccounts(
    PortalPageServices services, AgencyFacebookService facebook, AgencyFacebookCheck check, ConnectService connect, ConnectionList connections, PlatformCatalog platforms,
    AttemptWords words, IStringLocalizer<SettingsText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<SettingsText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private IReadOnlyList<FacebookUserSummary>? _users;   // null until the first load
    private IReadOnlyList<AssetLine> _assets = [];
    private ConnectAttempt? _attempt;
    private FacebookUserSummary? _asked;                  // whom the open question is about
    private (string Kind, string Words)? _told;           // how the last press went
    private PortalError? _refusal;
    private bool _canChange;
    private bool _isLeaving;                              // on the way to Facebook: no second press

    private bool IsConfigured => _platforms.Find(FacebookDefaults.Key) is { IsConfigured: true };

    private bool IsWaiting => IsBusy || _isLeaving;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _canChange = caller.Role == AgencyRole.MainUser;
        _attempt = await connect.FindLastAttemptAsync(caller, PlatformGrants.Assets, Leaving);
        _assets = await connections.ListAssetsAsync(caller.Agency, Leaving);
        _users = await facebook.ListAsync(caller.Agency, Leaving);
    }

    private Task ConnectAsync(bool askAgain) => RunAsync(async caller =>
    {
        if (_isLeaving) return;
        var ticket = await connect.BeginAsync(caller, FacebookDefaults.Key, new ConnectWay(askAgain), Leaving);
        _refusal = ticket.Error;
        if (!ticket.Succeeded) return;
        _isLeaving = true;
        Navigation.NavigateTo($"/connect/{FacebookDefaults.Key}/start?ticket={Uri.EscapeDataString(ticket.Value)}", forceLoad: true);
    });

    private Task DismissAsync() => RunAsync(async caller =>
    {
        if (_attempt is { } attempt) await connect.DismissAttemptAsync(caller, attempt.Id, Leaving);
        _attempt = null;
    });

    private Task RemoveAsync() => RunAsync(async caller =>
    {
        if (_asked is not { } user) return;
        var removed = await facebook.RemoveAsync(caller, user.Id, Leaving);
        _refusal = removed.Error;
        _told = removed.Succeeded && removed.Value != Disconnection.AtThePlatformToo ? ("warning", _text["FacebookNotTold", user.Name]) : null;
        _asked = null;
        await LoadAsync(caller);
    });

    private Task CheckAsync(FacebookUserSummary user) => RunAsync(async caller =>
    {
        _refusal = await check.CheckAsync(caller, user.Id, Leaving);
        _told = _refusal is null ? ("success", _text["FacebookChecked", user.Name]) : null;
        await LoadAsync(caller);
    });

    private string WordsFor(PlatformFailureKind failure) => words.For(new PlatformFailure(FacebookDefaults.Key, failure));
}
