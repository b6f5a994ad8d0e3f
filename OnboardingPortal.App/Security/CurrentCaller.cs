using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>
/// The agency user who looks at a page or presses a button. Asked anew for each action, so that a session ended or a role taken away counts
/// at once.
/// </summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, IHttpContextAccessor http, UserSessions sessions)
{
    private readonly string? _address = http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>The caller.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in, the session has ended, or a second factor has to be set up
    /// first.</exception>
    public async Task<AgencyCaller> GetAsync(CancellationToken cancellationToken)
    {
        var (user, session) = await FindAsync(cancellationToken);
        return session is not null && SessionCheck.Judge(user, session) == Admission.Full ? session.Caller : throw Nobody();
    }

    /// <summary>The caller's session, for the account's own pages: also while they still have to set up a second factor.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in, or the session has ended.</exception>
    public async Task<LiveSession> GetSessionAsync(CancellationToken cancellationToken)
    {
        var (user, session) = await FindAsync(cancellationToken);
        return session is not null && SessionCheck.Judge(user, session) != Admission.Refused ? session : throw Nobody();
    }

    /// <summary>The user's id in a session's cookie, or null.</summary>
    public static AgencyUserId? IdOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true }
        && long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? AgencyUserId.From(id)
            : null;

    private static UnauthorizedAccessException Nobody() => new("Nobody is signed in.");

    private async Task<(ClaimsPrincipal User, LiveSession? Session)> FindAsync(CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return SessionCheck.IdOf(user) is { } session && IdOf(user) is { } id
            ? (user, await sessions.FindAsync(session, id, _address, cancellationToken))
            : (user, null);
    }
}
