using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>The agency user who looks at a page or presses a button. Asked anew for each action, so that a role taken away counts at once.</summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, IHttpContextAccessor http, AgencyService agencies)
{
    private readonly string? _address = http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>The caller.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in, or the user is gone or locked out.</exception>
    public async Task<AgencyCaller> GetAsync(CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return IdOf(state.User) is { } id && await agencies.FindCallerAsync(id, _address, cancellationToken) is { } caller
            ? caller
            : throw new UnauthorizedAccessException("Nobody is signed in.");
    }

    /// <summary>The user's id in a session's cookie, or null.</summary>
    public static AgencyUserId? IdOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true }
        && long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new AgencyUserId(id)
            : null;
}
