using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Components.Settings;

/// <summary>The accounts that clients authorised for data sync.</summary>
public sealed partial class DataSyncAccounts(
    PortalPageServices services, ConnectionList connections, PlatformCatalog platforms, IStringLocalizer<SettingsText> text) : PortalPage(services)
{
    private readonly IStringLocalizer<SettingsText> _text = text;
    private readonly PlatformCatalog _platforms = platforms;
    private IReadOnlyList<AccountLine>? _accounts;   // null until the first load

    protected override async Task LoadAsync(AgencyCaller caller) => _accounts = await connections.ListAccountsAsync(caller.Agency, Leaving);
}
