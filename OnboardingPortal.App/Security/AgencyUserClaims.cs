using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>What a session's cookie says of its user. Enough to choose pages; services read the role anew.</summary>
internal sealed class AgencyUserClaims(UserManager<AgencyUser> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<AgencyUser>(users, options)
{
    public const string Role = "portal/role";

    public const string DisplayName = "portal/name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AgencyUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims([new Claim(Role, user.Role.ToString()), new Claim(DisplayName, user.DisplayName)]);
        return identity;
    }
}
