using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Gives no circuit back to a browser after its user's session has ended, and none to a browser in which somebody else is signed in: the
/// gate looks at the new connection, and this at whose circuit it is.
/// </summary>
internal sealed class SessionCircuitHandler(AuthenticationStateProvider authentication, UserSessions sessions, IHttpContextAccessor http)
    : CircuitHandler
{
    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (CurrentCaller.IdOf(user) is not { } id) return; // a client's circuit
        var isTheirs = http.HttpContext is not { } connection || SessionCheck.IdOf(connection.User) == SessionCheck.IdOf(user);
        if (!isTheirs || SessionCheck.IdOf(user) is not { } session || !await sessions.IsAliveAsync(session, id, null, cancellationToken))
        {
            throw new UnauthorizedAccessException("The session of this circuit has ended, or is another one.");
        }
    }
}
