using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Users;

/// <summary>Who works for the agency and who is invited to. For main users; every press asks the services, which ask the database who presses.</summary>
public sealed partial class UserList(
    PortalPageServices services, UserService users, UserHandover handover, InvitationService invitations, AgencyService agencies, PlatformCatalog platforms,
    IStringLocalizer<UsersText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<UsersText> _text = text;
    private IReadOnlyList<UserSummary>? _users;                     // null until the first load, and when the reader may not see them any more
    private IReadOnlyList<InvitationSummary> _invitations = [];
    private AgencyUserId _me;
    private bool _requiresTwoFactor;
    private Notice? _notice;
    private UserSummary? _menuOf;
    private (UserSummary User, UserQuestion Question)? _asked;
    private bool _isInviting;
    private PortalError? _inviteRefusal;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _me = caller.User;
        var (listed, invited) = (await users.ListAsync(caller, Leaving), await invitations.ListAsync(caller, Leaving));
        if (!listed.Succeeded || !invited.Succeeded)
        {
            (_users, _notice) = (null, Refused(listed.Error ?? invited.Error!));
            return;
        }

        _requiresTwoFactor = (await agencies.GetAsync(caller.Agency, Leaving)).RequiresTwoFactor;
        (_users, _invitations) = (listed.Value, invited.Value);
    }

    private bool HasActions(UserSummary user) => !IsProtected(user) || HeirsOf(user).Count > 0 || (user.HasSecondFactor && user.Id != _me);

    /// <summary>Whether nobody here can take rights from the user: the reader themselves, and the owner.</summary>
    private bool IsProtected(UserSummary user) => user.Id == _me || user.IsOwner;

    /// <summary>Whether the reader can make the user the owner.</summary>
    private bool CanOwn(UserSummary user) =>
        user is { IsOwner: false, Role: AgencyRole.MainUser, DisabledAt: null } && _users!.All(u => !u.IsOwner || u.Id == _me);

    /// <summary>Who can take over the user's requests.</summary>
    private List<UserSummary> HeirsOf(UserSummary user) => [.. _users!.Where(u => u.Id != user.Id && u.DisabledAt is null)];

    private void OpenInvite() => (_isInviting, _inviteRefusal) = (true, null);

    private void Ask(UserSummary user, UserQuestion question) => (_menuOf, _asked) = (null, (user, question));

    private void CloseMenu(UserSummary user)
    {
        if (_menuOf?.Id == user.Id) _menuOf = null; // another row's menu may be open already
    }

    private Task InviteAsync(NewInvitation input) => RunAsync(async caller =>
    {
        var invited = await invitations.InviteAsync(caller, input, Leaving);
        _inviteRefusal = invited.Error;
        if (!invited.Succeeded) return;
        (_isInviting, _notice) = (false, Notice.Done(_text["Invited", input.Email.Trim()]));
        await LoadAsync(caller);
    });

    private Task ResendAsync(InvitationSummary invitation) =>
        DoAsync(caller => invitations.ResendAsync(caller, invitation.Id, Leaving), _text["Invited", invitation.Email]);

    private Task CancelAsync(InvitationSummary invitation) =>
        DoAsync(caller => invitations.CancelAsync(caller, invitation.Id, Leaving), _text["InvitationCancelled", invitation.Email]);

    private Task ChangeRoleAsync(UserSummary user)
    {
        var role = user.Role == AgencyRole.MainUser ? AgencyRole.SubUser : AgencyRole.MainUser;
        return DoAsync(caller => users.ChangeRoleAsync(caller, user.Id, role, Leaving), _text[$"Made{role}", user.Name]);
    }

    private Task DisableAsync(UserSummary user) => DoAsync(caller => users.DisableAsync(caller, user.Id, Leaving), _text["DisabledDone", user.Name]);

    private Task EnableAsync(UserSummary user) => DoAsync(caller => users.EnableAsync(caller, user.Id, Leaving), _text["EnabledDone", user.Name]);

    private Task ResetTwoFactorAsync(UserSummary user) =>
        DoAsync(caller => users.ResetTwoFactorAsync(caller, user.Id, Leaving), _text["ResetTwoFactorDone", user.Name]);

    private Task RequireTwoFactorAsync()
    {
        var required = _requiresTwoFactor;
        return DoAsync(caller => users.RequireTwoFactorAsync(caller, required, Leaving), _text[required ? "TwoFactorRequired" : "TwoFactorOptional"]);
    }

    private Task HandOwnershipOverAsync(UserSummary user) =>
        DoAsync(caller => handover.HandOwnershipOverAsync(caller, user.Id, Leaving), _text["OwnershipDone", user.Name]);

    private Task RemoveAsync(UserSummary user, AgencyUserId heir) => MoveAsync(
        caller => handover.RemoveAsync(caller, user.Id, heir, Leaving), moved => moved == 0 ? _text["Removed", user.Name] : _text["RemovedAndMoved", user.Name, moved, NameOf(heir)]);

    private Task HandRequestsOverAsync(UserSummary user, AgencyUserId heir) => MoveAsync(
        caller => handover.HandRequestsOverAsync(caller, user.Id, heir, Leaving), moved => moved == 0 ? _text["NothingToMove", user.Name] : _text["Moved", moved, NameOf(heir)]);

    private Task MoveAsync(Func<AgencyCaller, Task<Result<int>>> action, Func<int, string> done) => RunAsync(async caller =>
    {
        var moved = await action(caller);
        (_asked, _notice) = (null, moved.Succeeded ? Notice.Done(done(moved.Value)) : Refused(moved.Error));
        await LoadAsync(caller);
    });

    private Task DoAsync(Func<AgencyCaller, Task<PortalError?>> action, string done) => RunAsync(async caller =>
    {
        (_menuOf, _asked) = (null, null);
        _notice = await action(caller) is { } refusal ? Refused(refusal) : Notice.Done(done);
        await LoadAsync(caller);
    });

    private string NameOf(AgencyUserId user) => _users?.FirstOrDefault(u => u.Id == user)?.Name ?? "";

    private Notice Refused(PortalError refusal) => Notice.Refused(errors.For(refusal, platforms));
}
