using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.App.Features.Connections;

/// <summary>The agency's Facebook users, and what clients share with them. Everybody may look, main users may change.</summary>
public sealed partial class FacebookPage(
    PortalPageServices services, AgencyFacebookService facebook, AgencyFacebookCheck check, ConnectService connect,
    ConnectionList connections, PlatformCatalog platforms, AttemptWords words, IDialogService dialogs,
    IStringLocalizer<ConnectionsText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<ConnectionsText> _text = text;
    private IReadOnlyList<FacebookUserSummary>? _users; // null until the first load
    private IReadOnlyList<AssetLine> _assets = [];
    private ConnectAttempt? _attempt;
    private bool _canChange;
    private bool _isLeaving; // on the way to Facebook: no second press

    private bool IsConfigured => platforms.Find(FacebookDefaults.Key) is { IsConfigured: true };

    private bool IsWaiting => IsBusy || _isLeaving;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _canChange = caller.Role == AgencyRole.MainUser;
        _attempt = await connect.FindLastAttemptAsync(caller, PlatformGrants.Assets, Leaving);
        _assets = await connections.ListAssetsAsync(caller.Scope, Leaving);
        _users = await facebook.ListAsync(caller.Agency, Leaving);
    }

    private Task ConnectAsync(bool askAgain) => RunAsync(async caller =>
    {
        if (_isLeaving) return;
        var ticket = await connect.BeginAsync(caller, FacebookDefaults.Key, new ConnectWay(askAgain), Leaving);
        if (!ticket.Succeeded)
        {
            TellRefusal(ticket.Error);
            return;
        }

        _isLeaving = true;
        Navigation.NavigateTo($"/connect/{FacebookDefaults.Key}/start?ticket={Uri.EscapeDataString(ticket.Value)}", forceLoad: true);
    });

    private Task DismissAsync() => RunAsync(async caller =>
    {
        if (_attempt is { } attempt) await connect.DismissAttemptAsync(caller, attempt.Id, Leaving);
        _attempt = null;
    });

    private async Task RemoveAsync(FacebookUserSummary user)
    {
        if (!await dialogs.AskAsync(_text["RemoveTitle", user.Name], _text["RemoveText"], _text["Remove"], isDangerous: true)) return;
        await RunAsync(async caller =>
        {
            var removed = await facebook.RemoveAsync(caller, user.Id, Leaving);
            if (!removed.Succeeded) TellRefusal(removed.Error);
            else if (removed.Value == Disconnection.AtThePlatformToo) Notices.Show(Notice.Done(_text["FacebookRemoved", user.Name]));
            else Notices.Show(Notice.Refused(_text["FacebookNotTold", user.Name]));
            await LoadAsync(caller);
        });
    }

    private Task CheckAsync(FacebookUserSummary user) => RunAsync(async caller =>
    {
        if (await check.CheckAsync(caller, user.Id, Leaving) is { } refusal) TellRefusal(refusal);
        else Notices.Show(Notice.Done(_text["FacebookChecked", user.Name]));
        await LoadAsync(caller);
    });

    private void TellRefusal(PortalError refusal) => Notices.Show(new Notice(Severity.Error, errors.For(refusal, platforms)));

    private string WordsFor(PlatformFailureKind failure) => words.For(new PlatformFailure(FacebookDefaults.Key, failure));
}
