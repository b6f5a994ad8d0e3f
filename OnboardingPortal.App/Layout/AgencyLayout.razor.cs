using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Layout;

/// <summary>What surrounds every page of the agency: navigation, tabs, language, theme and the way out. Static: it costs a circuit nothing.</summary>
public sealed partial class AgencyLayout(
    NavigationManager navigation, CurrentCaller caller, AgencyService agencies, IStringLocalizer<ShellText> text) : LayoutComponentBase
{
    private string _path = "";
    private string _agency = "";
    private string _person = "";
    private bool _isMainUser;
    private bool _isHeldUp; // has to set up a second factor before going anywhere

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private IStringLocalizer<ShellText> Text => text;

    private bool IsCollaboration => IsUnder("collaboration");

    private bool IsSettings => IsUnder("settings");

    private bool IsAccount => IsUnder("account");

    private List<(string Address, string Name, bool Current)> Tabs => (IsCollaboration, IsSettings) switch
    {
        _ when _isHeldUp => [],
        (true, _) =>
        [
            ("/collaboration", text["Hub"], _path == "collaboration"),
            ("/collaboration/requests", text["OnboardingRequests"], IsUnder("collaboration/requests")),
            .. _isMainUser ? [("/collaboration/settings", text["Settings"], IsUnder("collaboration/settings"))] : Array.Empty<(string, string, bool)>(),
        ],
        (_, true) =>
        [
            ("/settings/facebook", text["FacebookAccounts"], IsUnder("settings/facebook")),
            ("/settings/data-sync-accounts", text["DataSyncAccounts"], IsUnder("settings/data-sync-accounts")),
            .. _isMainUser
                ?
                [
                    ("/settings/templates", text["Templates"], IsUnder("settings/templates")),
                    ("/settings/platforms", text["Platforms"], IsUnder("settings/platforms")),
                    ("/settings/email", text["Email"], IsUnder("settings/email")),
                    ("/settings/api", text["Api"], IsUnder("settings/api")),
                    ("/settings/webhooks", text["Webhooks"], IsUnder("settings/webhooks")),
                    ("/settings/users", text["Users"], IsUnder("settings/users")),
                    ("/settings/audit", text["Audit"], IsUnder("settings/audit")),
                ]
                : Array.Empty<(string, string, bool)>(),
        ],
        _ when IsAccount =>
        [
            ("/account/profile", text["Profile"], IsUnder("account/profile")),
            ("/account/two-factor", text["TwoFactor"], IsUnder("account/two-factor")),
            ("/account/sessions", text["Sessions"], IsUnder("account/sessions")),
        ],
        _ => [],
    };

    protected override async Task OnInitializedAsync()
    {
        _path = navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].TrimEnd('/');
        if ((await Authentication).User.Identity is not { IsAuthenticated: true }) return;
        var session = await caller.GetSessionAsync(CancellationToken.None);
        var me = session.Caller;
        _isHeldUp = session is { NeedsSecondFactor: true, HasSecondFactor: false };
        (_person, _isMainUser) = (me.Name, me.Role == AgencyRole.MainUser);
        _agency = (await agencies.GetAsync(me.Agency, CancellationToken.None)).Name;
    }

    private bool IsUnder(string path) => _path == path || _path.StartsWith(path + "/", StringComparison.Ordinal);

    private static string? Current(bool current) => current ? "page" : null;

    private static string Initial(string name) => name.Length == 0 ? "" : char.ToUpperInvariant(name[0]).ToString();
}
