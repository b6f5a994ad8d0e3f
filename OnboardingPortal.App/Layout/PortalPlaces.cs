using System.Security.Claims;
using MudBlazor;
using OnboardingPortal.App.Security;

namespace OnboardingPortal.App.Layout;

/// <summary>A page one can go to by name.</summary>
/// <param name="Address">Its path.</param>
/// <param name="Name">Its name, a key of <see cref="ShellText"/>; with "About" before it, the key of a line on what is there.</param>
/// <param name="Icon">An icon of MudBlazor.</param>
/// <param name="ForMainUsers">Whether sub-users do not see it.</param>
public sealed record PortalPlace(string Address, string Name, string Icon, bool ForMainUsers = false);

/// <summary>Pages that belong together.</summary>
/// <param name="Name">A key of <see cref="ShellText"/>.</param>
/// <param name="Places">At least one.</param>
public sealed record PortalPlaceGroup(string Name, IReadOnlyList<PortalPlace> Places);

/// <summary>
/// The pages of the portal as its navigation shows them: the settings' side navigation, their overview and the command box read them here.
/// </summary>
public static class PortalPlaces
{
    /// <summary>The overview of the settings.</summary>
    public const string SettingsAddress = "/settings";

    /// <summary>The settings.</summary>
    public static readonly IReadOnlyList<PortalPlaceGroup> Settings =
    [
        new("GroupAccounts",
        [
            new("/settings/facebook", "FacebookAccounts", Icons.Custom.Brands.Facebook),
            new("/settings/data-sync-accounts", "DataSyncAccounts", Icons.Material.Outlined.Sync),
            new("/settings/platforms", "Platforms", Icons.Material.Outlined.Extension, ForMainUsers: true),
        ]),
        new("GroupRequests",
        [
            new("/collaboration/settings", "CollaborationSettings", Icons.Material.Outlined.Tune, ForMainUsers: true),
            new("/settings/templates", "Templates", Icons.Material.Outlined.Description, ForMainUsers: true),
        ]),
        new("GroupWhiteLabel", [new("/settings/white-label", "WhiteLabel", Icons.Material.Outlined.Palette, ForMainUsers: true)]),
        new("GroupMessages", [new("/settings/email", "Email", Icons.Material.Outlined.Mail, ForMainUsers: true)]),
        new("GroupTeam", [new("/settings/users", "Users", Icons.Material.Outlined.Group, ForMainUsers: true)]),
        new("GroupIntegrations",
        [
            new("/settings/api", "Api", Icons.Material.Outlined.Code, ForMainUsers: true),
            new("/settings/webhooks", "Webhooks", Icons.Material.Outlined.Webhook, ForMainUsers: true),
        ]),
        new("GroupSecurity", [new("/settings/audit", "Audit", Icons.Material.Outlined.History, ForMainUsers: true)]),
    ];

    /// <summary>The user's own pages.</summary>
    public static readonly IReadOnlyList<PortalPlace> Account =
    [
        new("/account/profile", "Profile", Icons.Material.Outlined.Person),
        new("/account/two-factor", "TwoFactor", Icons.Material.Outlined.VerifiedUser),
        new("/account/sessions", "Sessions", Icons.Material.Outlined.Devices),
    ];

    /// <summary>Every page, those of the daily work first.</summary>
    public static IEnumerable<PortalPlace> All =>
    [
        new("/", "Home", Icons.Material.Outlined.Home),
        new("/collaboration", "Hub", Icons.Material.Outlined.Dashboard),
        new("/collaboration/requests", "OnboardingRequests", Icons.Material.Outlined.TableRows),
        new("/collaboration/requests/new", "NewRequest", Icons.Material.Outlined.Add),
        new("/collaboration/requests/import", "Import", Icons.Material.Outlined.UploadFile),
        new("/data-sync", "DataSync", Icons.Material.Outlined.Sync),
        new("/data-sync/new", "NewSync", Icons.Material.Outlined.AddToPhotos),
        new("/campaigns", "Campaigns", Icons.Material.Outlined.Campaign),
        new("/campaigns/new", "NewCampaign", Icons.Material.Outlined.Add),
        .. Settings.SelectMany(group => group.Places),
        .. Account,
    ];

    /// <summary>The settings and the own pages that this user may open; groups without one are left out.</summary>
    public static IReadOnlyList<PortalPlaceGroup> SettingsOf(ClaimsPrincipal user)
    {
        var isMainUser = user.HasClaim(AgencyUserClaims.Role, nameof(AgencyRole.MainUser));
        return
        [
            .. from @group in Settings.Append(new PortalPlaceGroup("GroupYou", Account))
               let places = @group.Places.Where(place => isMainUser || !place.ForMainUsers).ToList()
               where places.Count > 0
               select @group with { Places = places },
        ];
    }
}
