using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>The accounts authorised for data sync: the agency's own and those of clients. Everybody may look and check, main users may change.</summary>
public sealed partial class DataSyncAccounts(
    PortalPageServices services, ConnectionList connections, ConnectedAccounts connected, ConnectService connect, PlatformCatalog platforms,
    AttemptWords words, IStringLocalizer<SettingsText> text) : PortalPage(services)
{
    private readonly IStringLocalizer<SettingsText> _text = text;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly AttemptWords _words = words;
    private IReadOnlyList<AccountLine>? _accounts;   // null until the first load
    private ConnectAttempt? _attempt;
    private (string Kind, string Words)? _notice;
    private AccountLine? _asked;                     // which account the open question is about
    private ConnectionId? _checking;
    private bool _canChange;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _canChange = caller.Role == AgencyRole.MainUser;
        _attempt = await connect.FindLastAttemptAsync(caller, PlatformGrants.Account, Leaving);
        _accounts = await connections.ListAccountsAsync(caller.Agency, Leaving);
    }

    private async Task ConnectedAsync(string platform)
    {
        _notice = ("success", _text["OwnConnected", platform]);
        await ReloadAsync();
    }

    private Task DismissAsync() => RunAsync(async caller =>
    {
        if (_attempt is { } attempt) await connect.DismissAttemptAsync(caller, attempt.Id, Leaving);
        _attempt = null;
    });

    private Task CheckAsync(AccountLine account) => RunAsync(async caller =>
    {
        _checking = account.Id;
        try
        {
            var problem = await connected.CheckAsync(caller, account.Id, Leaving);
            _notice = problem is null ? ("success", _text["StillWorks", account.Name]) : ("warning", _words.For(problem));
            await LoadAsync(caller);
        }
        finally
        {
            _checking = null;
        }
    });

    private Task DisconnectAsync() => RunAsync(async caller =>
    {
        if (_asked is not { } account) return;
        var done = await connected.DisconnectAsync(caller, account.Id, Leaving);
        _asked = null;
        _notice = done.Succeeded
            ? (done.Value == Disconnection.AtThePlatformToo ? "success" : "warning", _text[$"Disconnected{done.Value}", account.Name, _platforms.NameOf(account.Platform)])
            : ("danger", _words.For(done.Error));
        await LoadAsync(caller);
    });
}
