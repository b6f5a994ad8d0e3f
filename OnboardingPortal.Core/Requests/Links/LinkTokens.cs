using Microsoft.AspNetCore.DataProtection;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Requests;

/// <summary>Makes the random part of links: 256 bits, found again by their SHA-256, copied again from a protected copy.</summary>
public sealed class LinkTokens(IDataProtectionProvider protection, ClientBrands brands)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.RequestLink.v1");

    /// <summary>
    /// A link for a request that has none yet. Made before the transaction that saves it: a new protection key is saved on another
    /// connection.
    /// </summary>
    internal NewLink Make()
    {
        var token = SecretTokens.New();
        return new NewLink(SecretTokens.Hash(token), _protector.Protect(token));
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

/// <summary>Links to give out in one change.</summary>
/// <param name="Request">The request's, which belongs to nobody in particular.</param>
/// <param name="Recipients">Recipients' own.</param>
internal sealed record NewLinks(NewLink Request, IReadOnlyList<NewLink> Recipients);
