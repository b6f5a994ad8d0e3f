using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Users;

/// <summary>
/// Who works for the agency and who is invited to. For main users; every press asks the services, which ask the database who presses.
/// </summary>
public sealed partial class UsersPage(
    PortalPageServices services, UserService users, UserHandover handover, InvitationService invitations, AgencyService agencies,
    PlatformCatalog platforms,
    ProofQuestion proof, IDialogService dialogs, IStringLocalizer<UsersText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<UsersText> _text = text;
    // null until the first load, and when the reader may not see them any more
    private IReadOnlyList<UserSummary>? _users;
    private IReadOnlyList<InvitationSummary> _invitations = [];
    private AgencyUserId _me;
    private bool _requiresTwoFactor;
    private string? _refusal;                                       // why the users are not shown

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _me = caller.User;
        var listed = await users.ListAsync(caller, Leaving);
        var invited = await invitations.ListAsync(caller, Leaving);
        if (!listed.Succeeded || !invited.Succeeded)
        {
            _users = null;
            _refusal = WordsFor(listed.Error ?? invited.Error!);
            return;
        }

        _requiresTwoFactor = (await agencies.GetAsync(caller.Agency, Leaving)).RequiresTwoFactor;
        _users = listed.Value;
        _invitations = invited.Value;
        _refusal = null;
    }

    private List<UserAction> ActionsOn(UserSummary user)
    {
        var isProtected = user.Id == _me || user.IsOwner; // nobody here can take rights from them
        List<UserAction> actions = [];
        if (!isProtected) actions.Add(user.Role == AgencyRole.MainUser ? UserAction.MakeSubUser : UserAction.MakeMainUser);
        if (CanOwn(user)) actions.Add(UserAction.HandOverOwnership);
        if (HeirsOf(user).Count > 0) actions.Add(UserAction.HandOverRequests);
        if (user.Id != _me && user.HasSecondFactor) actions.Add(UserAction.ResetTwoFactor);
        if (!isProtected) actions.AddRange([user.DisabledAt is null ? UserAction.Disable : UserAction.Enable, UserAction.RemoveUser]);
        return actions;
    }

    /// <summary>Whether the reader can make the user the owner.</summary>
    private bool CanOwn(UserSummary user) =>
        user is { IsOwner: false, Role: AgencyRole.MainUser, DisabledAt: null } && _users!.All(u => !u.IsOwner || u.Id == _me);

    /// <summary>Who can take over the user's requests.</summary>
    private List<UserSummary> HeirsOf(UserSummary user) => [.. _users!.Where(u => u.Id != user.Id && u.DisabledAt is null)];

    private async Task InviteAsync()
    {
        var parameters = new DialogParameters<InviteDialog> { { d => d.Invite, InviteAsync } };
        await dialogs.ShowAsync<InviteDialog>(_text["InviteUser"], parameters);
    }

    private async Task<PortalError?> InviteAsync(NewInvitation input)
    {
        if (!await AskFirstAsync(proof.AskAsync)) return new ProofNeeded();
        return await AnswerAsync(async caller =>
        {
            var invited = await invitations.InviteAsync(caller, input, Leaving);
            if (!invited.Succeeded) return invited.Error;
            await LoadAsync(caller);
            Notices.Show(Notice.Done(_text["Invited", input.Email.Trim()]));
            StateHasChanged();
            return null;
        });
    }

    private Task ResendAsync(InvitationSummary invitation) =>
        DoAsync(caller => invitations.ResendAsync(caller, invitation.Id, Leaving), _text["Invited", invitation.Email]);

    private Task CancelAsync(InvitationSummary invitation) =>
        DoAsync(caller => invitations.CancelAsync(caller, invitation.Id, Leaving), _text["InvitationCancelled", invitation.Email]);

    private Task ActAsync(UserSummary user, UserAction action) => action switch
    {
        UserAction.MakeMainUser => ChangeRoleAsync(user, AgencyRole.MainUser),
        UserAction.MakeSubUser => ChangeRoleAsync(user, AgencyRole.SubUser),
        UserAction.HandOverOwnership => HandOwnershipOverAsync(user),
        UserAction.HandOverRequests => HandRequestsOverAsync(user),
        UserAction.ResetTwoFactor => ResetTwoFactorAsync(user),
        UserAction.Disable => DoAsync(caller => users.DisableAsync(caller, user.Id, Leaving), _text["DisabledDone", user.Name]),
        UserAction.Enable => DoAsync(caller => users.EnableAsync(caller, user.Id, Leaving), _text["EnabledDone", user.Name]),
        _ => RemoveAsync(user),
    };

    private Task ChangeRoleAsync(UserSummary user, AgencyRole role) =>
        DoAsync(caller => users.ChangeRoleAsync(caller, user.Id, role, Leaving), _text[$"Made{role}", user.Name]);

    private async Task RequireTwoFactorAsync()
    {
        var required = _requiresTwoFactor;
        await Task.Yield(); // the switch is rendered as it was pressed: only then does it go back when that is refused
        await DoAsync(
            caller => users.RequireTwoFactorAsync(caller, required, Leaving), _text[required ? "TwoFactorRequired" : "TwoFactorOptional"]);
    }

    private async Task HandOwnershipOverAsync(UserSummary user)
    {
        if (!await dialogs.AskAsync(_text["OwnershipTitle", user.Name], _text["OwnershipText", user.Name], _text["HandOverOwnership"]))
            return;
        await DoAsync(caller => handover.HandOwnershipOverAsync(caller, user.Id, Leaving), _text["OwnershipDone", user.Name]);
    }

    private async Task ResetTwoFactorAsync(UserSummary user)
    {
        if (!await dialogs.AskAsync(
            _text["ResetTwoFactorTitle", user.Name], _text["ResetTwoFactorText", user.Name], _text["ResetTwoFactor"])) return;
        await DoAsync(caller => users.ResetTwoFactorAsync(caller, user.Id, Leaving), _text["ResetTwoFactorDone", user.Name]);
    }

    private async Task RemoveAsync(UserSummary user)
    {
        if (await AskHeirAsync(
            user, _text["RemoveTitle", user.Name], _text["RemoveText", user.Email], _text["HandTheirRequestsTo"], _text["RemoveUser"],
            true) is not { } heir) return;
        await MoveAsync(
            caller => handover.RemoveAsync(caller, user.Id, heir, Leaving),
            moved => moved == 0 ? _text["Removed", user.Name] : _text["RemovedAndMoved", user.Name, moved, NameOf(heir)]);
    }

    private async Task HandRequestsOverAsync(UserSummary user)
    {
        if (await AskHeirAsync(
            user, _text["HandOverRequestsTitle", user.Name], _text["HandOverRequestsText"], _text["NewRequester"],
            _text["HandOverRequests"], false) is not { } heir) return;
        await MoveAsync(
            caller => handover.HandRequestsOverAsync(caller, user.Id, heir, Leaving),
            moved => moved == 0 ? _text["NothingToMove", user.Name] : _text["Moved", moved, NameOf(heir)]);
    }

    private async Task<AgencyUserId?> AskHeirAsync(UserSummary user, string title, string words, string label, string yes, bool isDangerous)
    {
        var parameters = new DialogParameters<HeirDialog>
        {
            { d => d.Words, words },
            { d => d.Label, label },
            { d => d.Yes, yes },
            { d => d.IsDangerous, isDangerous },
            { d => d.Heirs, HeirsOf(user) },
            { d => d.First, _me },
        };
        var dialog = await dialogs.ShowAsync<HeirDialog>(title, parameters);
        return await dialog.Result is { Canceled: false, Data: AgencyUserId heir } ? heir : null;
    }

    private Task MoveAsync(Func<AgencyCaller, Task<Result<int>>> action, Func<int, string> done) => RunProvedAsync(async caller =>
    {
        var moved = await action(caller);
        await TellAsync(caller, moved.Error, moved.Succeeded ? done(moved.Value) : "");
    });

    private Task DoAsync(Func<AgencyCaller, Task<PortalError?>> action, string done) =>
        RunProvedAsync(async caller => await TellAsync(caller, await action(caller), done));

    /// <summary>Every change here decides who can sign in; who does not confirm that it is them sees what is as it is.</summary>
    private async Task RunProvedAsync(Func<AgencyCaller, Task> action) =>
        await RunAsync(await AskFirstAsync(proof.AskAsync) ? action : LoadAsync);

    private async Task TellAsync(AgencyCaller caller, PortalError? refusal, string done)
    {
        await LoadAsync(caller);
        if (_refusal is not null) Notices.Show(null); // the page says why nothing is shown any more
        else Notices.Show(refusal is null ? Notice.Done(done) : Notice.Refused(WordsFor(refusal)));
    }

    private string NameOf(AgencyUserId user) => _users?.FirstOrDefault(u => u.Id == user)?.Name ?? "";

    private string WordsFor(PortalError refusal) => errors.For(refusal, platforms);
}
