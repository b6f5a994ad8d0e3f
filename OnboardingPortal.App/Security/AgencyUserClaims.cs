using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>What a session's cookie says of its user. Enough to choose pages; services read the role anew.</summary>
public sealed class AgencyUserClaims(UserManager<AgencyUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AgencyUser>(users, options)
{
    public const string Role = "portal/role";

    public const string DisplayName = "portal/name";

    /// <summary>The session that the cookie stands for.</summary>
    public const string Session = "portal/session";

    /// <summary>Never in the cookie: each request finds out anew how far its user may go, see <see cref="SessionCheck"/>.</summary>
    public const string Admission = "portal/admission";

    /// <summary>How the user showed who they are (RFC 8176).</summary>
    public const string Method = "amr";

    /// <summary>The value of <see cref="Method"/> for more than a password.</summary>
    public const string SecondFactor = "mfa";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AgencyUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims([new Claim(Role, user.Role.ToString()), new Claim(DisplayName, user.DisplayName)]);
        return identity;
    }
}
