using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Layout;

/// <summary>
/// What surrounds every page of the agency: navigation, commands, the user's menu. It stays while pages come and go, and renders when they
/// do.
/// </summary>
public sealed partial class AgencyLayout(
    NavigationManager navigation, CurrentCaller caller, AgencyService agencies, IDialogService dialogs,
    IStringLocalizer<ShellText> text) : LayoutComponentBase
{
    private static readonly Dictionary<string, object?> DrawerAttributes = new() { ["role"] = "presentation" };

    private static readonly (string Address, string Name, string Icon)[] Places =
    [
        ("/", "Home", Icons.Material.Outlined.Home),
        ("/collaboration", "Collaboration", Icons.Material.Outlined.Groups),
        ("/data-sync", "DataSync", Icons.Material.Outlined.Sync),
        ("/campaigns", "Campaigns", Icons.Material.Outlined.Campaign),
        ("/settings", "Settings", Icons.Material.Outlined.Settings),
    ];

    private static readonly DialogOptions CommandBoxOptions = new() { Position = DialogPosition.TopCenter, BackdropClick = true };
    private IDialogReference? _commands;

    /// <summary>Read once for a document; the live shell takes it from the one that came with the page.</summary>
    [PersistentState] public ShellFacts? Facts { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private IStringLocalizer<ShellText> Text => text;

    /// <summary>The page that is open, without a slash before it.</summary>
    private string Path => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].TrimEnd('/');

    private string Section =>
        text[IsUnder("collaboration") ? "Collaboration" : IsUnder("data-sync") ? "DataSync" : IsUnder("campaigns") ? "Campaigns"
            : IsUnder("settings") ? "Settings" : IsUnder("account") ? "YourAccount" : "Home"];

    private string Role => text[Facts?.IsMainUser == true ? "MainUser" : "SubUser"];

    private IReadOnlyList<(string Address, string Name, bool Current)> Tabs => !IsUnder("collaboration")
        || Facts is not { IsHeldUp: false } facts ? [] :
    [
        ("/collaboration", text["Hub"], Path == "collaboration"),
        ("/collaboration/requests", text["OnboardingRequests"], IsUnder("collaboration/requests")),
        .. facts.IsMainUser
            ? [("/collaboration/settings", text["Settings"], IsUnder("collaboration/settings"))]
            : Array.Empty<(string, string, bool)>(),
    ];

    protected override async Task OnInitializedAsync()
    {
        var user = CurrentCaller.IdOf((await Authentication).User);
        if (Facts is not null && Facts.User != user)
        {
            Facts = null; // the page slept while somebody else signed in with this browser
            navigation.NavigateTo(navigation.Uri, forceLoad: true);
        }
        else if (Facts is null && user is not null)
        {
            Facts = await ReadFactsAsync();
        }
    }

    private async Task<ShellFacts> ReadFactsAsync()
    {
        var session = await caller.GetSessionAsync(CancellationToken.None);
        var agency = await agencies.GetAsync(session.Caller.Agency, CancellationToken.None);
        return new ShellFacts(
            session.Caller.User, agency.Name, session.Caller.Name, session.Caller.Role == AgencyRole.MainUser,
            session is { NeedsSecondFactor: true, HasSecondFactor: false });
    }

    /// <summary>Opens the box once, however often the keys are pressed.</summary>
    private async Task OpenCommandsAsync()
    {
        if (_commands is { Result.IsCompleted: false }) return;
        _commands = await dialogs.ShowAsync<CommandBox>(text["Find"], CommandBoxOptions);
    }

    private bool IsUnder(string path) => Path == path || Path.StartsWith(path + "/", StringComparison.Ordinal);

    private static string Initial(string? name) => name is not { Length: > 0 } ? "" : char.ToUpperInvariant(name[0]).ToString();
}
