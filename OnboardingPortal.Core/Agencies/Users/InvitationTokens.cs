using Microsoft.AspNetCore.DataProtection;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Makes the random part of invitations' links, as <see cref="LinkTokens"/> does for requests.</summary>
public sealed class InvitationTokens(IDataProtectionProvider protection, PortalAddress address)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.Invitation.v1");

    /// <summary>A new link. Made before the transaction that saves it: a new protection key is saved on another connection.</summary>
    internal NewLink Make()
    {
        var token = SecretTokens.New();
        return new NewLink(SecretTokens.Hash(token), _protector.Protect(token));
    }

    /// <summary>The whole link. Read outside transactions, for the same reason.</summary>
    /// <param name="protectedToken">The invitation's protected token.</param>
    internal Uri LinkOf(string protectedToken) => new(address.Public, $"account/invitation/{_protector.Unprotect(protectedToken)}");
}
