using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>
/// Where a user is signed in. Each session can be ended; signing out everywhere takes the cookie away, which only an HTTP answer can.
/// </summary>
public sealed partial class SessionsPage(
    CurrentCaller current, UserSessions sessions, IJSRuntime script, IStringLocalizer<AccountText> text,
    PortalPageServices services) : PortalPage(services)
{
    private readonly Dictionary<string, object?> _attributes = new() { ["aria-label"] = text["SessionsTitle"].Value };
    private IReadOnlyList<UserSession> _sessions = [];
    private UserSessionId _current;

    private IStringLocalizer<AccountText> Text => text;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _current = (await current.GetSessionAsync(Leaving)).Id;
        _sessions = await sessions.ListAsync(caller, Leaving);
    }

    private Task EndAsync(UserSession session) => RunAsync(async user =>
    {
        if (session.Id == _current)
        {
            await script.InvokeVoidAsync("portal.signOut", Leaving);
            return;
        }

        await sessions.EndOwnAsync(user, session.Id, Leaving);
        await LoadAsync(user);
        Notices.Show(Notice.Done(text["SignedOut", BrowserWords.For(text, session.Browser)]));
    });
}
