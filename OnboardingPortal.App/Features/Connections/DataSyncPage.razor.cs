using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connections;

/// <summary>
/// The accounts authorised for data sync: the agency's own and those of clients. Everybody may look and check, main users may change.
/// </summary>
public sealed partial class DataSyncPage(
    PortalPageServices services, ConnectionList connections, ConnectedAccounts connected, ConnectService connect, PlatformCatalog platforms,
    AttemptWords words, IDialogService dialogs, IStringLocalizer<ConnectionsText> text) : PortalPage(services)
{
    private const int Shown = 50; // rows at once

    private readonly IStringLocalizer<ConnectionsText> _text = text;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly AttemptWords _words = words;
    private readonly Dictionary<string, object?> _tableName = new() { ["aria-label"] = text["DataSyncTitle"].Value };
    private IReadOnlyList<AccountLine>? _accounts; // null until the first load
    private ConnectAttempt? _attempt;
    private ConnectionId? _checking;
    private bool _canChange;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _canChange = caller.Role == AgencyRole.MainUser;
        _attempt = await connect.FindLastAttemptAsync(caller, PlatformGrants.Account, Leaving);
        _accounts = await connections.ListAccountsAsync(caller.Scope, Leaving);
    }

    private async Task ConnectedAsync(string platform)
    {
        Notices.Show(Notice.Done(_text["OwnConnected", platform]));
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
            Notices.Show(problem is null ? Notice.Done(_text["StillWorks", account.Name]) : Notice.Refused(_words.For(problem)));
            await LoadAsync(caller);
        }
        finally
        {
            _checking = null;
        }
    });

    private async Task DisconnectAsync(AccountLine account)
    {
        var platform = _platforms.NameOf(account.Platform);
        var isSure = await dialogs.AskAsync(
            _text["DisconnectTitle", account.Name], _text["DisconnectText", platform], _text["Disconnect"], isDangerous: true);
        if (!isSure) return;
        await RunAsync(async caller =>
        {
            var done = await connected.DisconnectAsync(caller, account.Id, Leaving);
            Notices.Show(done switch
            {
                { Succeeded: false } => new Notice(Severity.Error, _words.For(done.Error)),
                { Value: Disconnection.AtThePlatformToo } => Notice.Done(_text["DisconnectedAtThePlatformToo", account.Name, platform]),
                _ => Notice.Refused(_text[$"Disconnected{done.Value}", account.Name, platform]),
            });
            await LoadAsync(caller);
        });
    }
}
