using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Users;

public sealed partial class UserCells
{
    [Parameter, EditorRequired] public UserSummary User { get; set; } = null!;

    /// <summary>Whether it is the reader.</summary>
    [Parameter] public bool IsOwn { get; set; }

    /// <summary>What the reader can do with the user, in the menu's order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<UserAction> Actions { get; set; } = [];

    [Parameter] public bool IsBusy { get; set; }

    [Parameter, EditorRequired] public EventCallback<UserAction> OnAction { get; set; }

    private static bool Asks(UserAction action) =>
        action is UserAction.HandOverOwnership or UserAction.HandOverRequests or UserAction.ResetTwoFactor or UserAction.RemoveUser;

    private static string IconOf(UserAction action) => action switch
    {
        UserAction.HandOverOwnership => Icons.Material.Outlined.AdminPanelSettings,
        UserAction.HandOverRequests => Icons.Material.Outlined.ForwardToInbox,
        UserAction.ResetTwoFactor => Icons.Material.Outlined.LockReset,
        UserAction.Disable => Icons.Material.Outlined.Block,
        UserAction.Enable => Icons.Material.Outlined.CheckCircle,
        UserAction.RemoveUser => Icons.Material.Outlined.Delete,
        _ => Icons.Material.Outlined.ManageAccounts,
    };
}
