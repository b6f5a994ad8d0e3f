using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Requests;

/// <summary>Makes the random part of links: 256 bits, found again by their SHA-256, copied again from a protected copy.</summary>
public sealed class LinkTokens(IDataProtectionProvider protection, ClientBrands brands)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.RequestLink.v1");

    /// <summary>SHA-256 of a token as it stands in a link. Any text has one, so a wrong token costs as much as a right one.</summary>
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>A new random value for an address or a cookie: 43 characters of base64url.</summary>
    internal static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// A link for a request that has none yet. Made before the transaction that saves it: a new protection key is saved on another
    /// connection.
    /// </summary>
    internal NewLink Make()
    {
        var token = NewSecret();
        return new NewLink(Hash(token), _protector.Protect(token));
    }

    /// <summary>
    /// A link for a request and one for each of so many recipients, as <see cref="Make()"/> has it. Those that nobody needs are thrown
    /// away.
    /// </summary>
    internal NewLinks Make(int recipients) => new(Make(), [.. Enumerable.Range(0, recipients).Select(_ => Make())]);

    /// <summary>The whole link. Read outside transactions, for the same reason.</summary>
    /// <param name="protectedToken">The protected token of a request or of a recipient.</param>
    /// <param name="address">Where clients of the agency reach the portal.</param>
    internal Uri LinkOf(string protectedToken, Uri address) => new(address, $"r/{_protector.Unprotect(protectedToken)}");

    /// <summary>The whole link, at the agency's own host when it has one.</summary>
    internal async Task<Uri> LinkOfAsync(AgencyId agency, string protectedToken, CancellationToken cancellationToken) =>
        LinkOf(protectedToken, brands.AddressOf(await brands.FindAsync(agency, cancellationToken)));
}

/// <summary>The two forms in which a link's token is kept.</summary>
/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="ProtectedToken">The token, protected.</param>
internal sealed record NewLink(byte[] Hash, string ProtectedToken);

/// <summary>Links to give out in one change.</summary>
/// <param name="Request">The request's, which belongs to nobody in particular.</param>
/// <param name="Recipients">Recipients' own.</param>
internal sealed record NewLinks(NewLink Request, IReadOnlyList<NewLink> Recipients);
