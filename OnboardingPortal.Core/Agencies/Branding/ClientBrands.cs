using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Reads white labels for pages and mails; each time anew, so that a change is seen at once.</summary>
public sealed class ClientBrands(PortalDbContextFactory contexts, PortalAddress address)
{
    /// <summary>What clients of an agency see.</summary>
    public async Task<ClientBrand> FindAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var name = await db.Agencies.Where(a => a.Id == agency).Select(a => a.Name).SingleAsync(cancellationToken);
        var row = await db.Brandings.AsNoTracking().Where(b => b.AgencyId == agency && b.IsOn)
            .Select(b => new
            {
                Input = new BrandingInput(
                    b.IsOn, b.CompanyName, b.RequesterName, b.ReplyTo, b.SenderName, b.Colour, b.FooterText, b.PrivacyUrl, b.ImprintUrl,
                    b.ShownHost == b.PublicHost ? b.PublicHost : null),
                b.LogoHash, // not the logo itself: a page only names it
                b.MailLogoHash,
                b.MailLogoWidth,
                b.MailLogoHeight,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is not { LogoHash: { } hash }) return new ClientBrand(agency, name);
        var mailed = ShownLogo.InMailsOf(agency, row.MailLogoHash, row.MailLogoWidth, row.MailLogoHeight);
        return ClientBrand.Of(agency, name, row.Input, ClientBrand.PathOf(agency, hash), mailed);
    }

    /// <summary>
    /// The agency whose own host it was shown to be; null when it is nobody's. Also while the white label is off: links that were sent stay
    /// alive.
    /// </summary>
    /// <param name="host">From a Host header, without port.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<AgencyId?> FindAgencyOfHostAsync(string host, CancellationToken cancellationToken)
    {
        var name = host.ToLowerInvariant();
        await using var db = contexts.CreateForSystem();
        return await db.Brandings.IgnoreQueryFilters().Where(b => b.ShownHost == name && b.PublicHost == name)
            .Select(b => (AgencyId?)b.AgencyId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A logo's file and type, the pages' or the mails'; null when the agency has no logo of that hash.</summary>
    /// <param name="agency">The agency whose logo it is.</param>
    /// <param name="hash">SHA-256 of the file, 64 hexadecimal digits.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<(byte[] Content, string Type)?> FindLogoAsync(AgencyId agency, string hash, CancellationToken cancellationToken)
    {
        if (agency == AgencyId.None || hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)) return null;
        var wanted = Convert.FromHexString(hash);
        await using var db = contexts.Create(agency);
        var rows = db.Brandings.Where(b => b.AgencyId == agency && (b.LogoHash == wanted || b.MailLogoHash == wanted));
        var logo = await rows.Select(b => new { IsPage = b.LogoHash == wanted, Row = b })
            .Select(b => new { File = b.IsPage ? b.Row.Logo : b.Row.MailLogo, Type = b.IsPage ? b.Row.LogoType : b.Row.MailLogoType })
            .SingleOrDefaultAsync(cancellationToken);
        return logo is { File: { } content, Type: { } type } ? (content, type) : null;
    }

    /// <summary>Where clients of the brand reach the portal, with a trailing slash: on the agency's own host or the portal's.</summary>
    public Uri AddressOf(ClientBrand brand) => brand.PublicHost is { } host ? address.On(host) : address.Public;
}
