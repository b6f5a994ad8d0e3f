using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace OnboardingPortal.Core.Requests;

/// <summary>Makes the random part of links: 256 bits, found again by their SHA-256, copied again from a protected copy.</summary>
public sealed class LinkTokens(IDataProtectionProvider protection, PortalAddress address)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.RequestLink.v1");

    /// <summary>SHA-256 of a token as it stands in a link. Any text has one, so a wrong token costs as much as a right one.</summary>
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>A new random value for an address or a cookie: 43 characters of base64url.</summary>
    internal static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Gives the request a link if it has none.</summary>
    internal void EnsureLink(OnboardingRequest request)
    {
        if (request.HasLink) return;
        var token = NewSecret();
        request.IssueLink(Hash(token), _protector.Protect(token));
    }

    /// <summary>The whole link.</summary>
    /// <param name="protectedToken">The request's protected token.</param>
    internal Uri LinkOf(string protectedToken) => new(address.Public, $"r/{_protector.Unprotect(protectedToken)}");
}
