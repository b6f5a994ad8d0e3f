namespace OnboardingPortal.Core.Agencies;

/// <summary>What clients of an agency see: with the white label off only the name, and the portal's own looks.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Name">The company's name as clients read it.</param>
public sealed record ClientBrand(AgencyId Agency, string Name)
{
    /// <summary>Whether the white label is on; all below is null otherwise.</summary>
    public bool IsOn { get; init; }

    /// <summary>The logo's path without a slash before it; the file behind it never changes. Null only in previews.</summary>
    public string? LogoPath { get; init; }

    /// <summary>The logo in mails; null = they say the name in words.</summary>
    public ShownLogo? MailLogo { get; init; }

    /// <summary>The brand's colour; null = the portal's.</summary>
    public BrandColour? Colour { get; init; }

    /// <summary>The person clients read as requester; null = the user who sends.</summary>
    public string? RequesterName { get; init; }

    /// <summary>Where answers to mails go; null = to the requester.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The name mails come from; null = <see cref="Name"/>.</summary>
    public string? SenderName { get; init; }

    /// <summary>Plain text of a few lines; null = none.</summary>
    public string? FooterText { get; init; }

    /// <summary>The privacy notice, http or https; null = none.</summary>
    public string? PrivacyUrl { get; init; }

    /// <summary>The imprint, http or https; null = none.</summary>
    public string? ImprintUrl { get; init; }

    /// <summary>The host of links to clients, shown to be the agency's; null = the portal's.</summary>
    public string? PublicHost { get; init; }

    /// <summary>The brand of an agency as it looks with these settings when the white label is on.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="agencyName">The agency's own name.</param>
    /// <param name="input">The settings, tidy; a colour that is none is left out.</param>
    /// <param name="logoPath">Where the pages' logo lies.</param>
    /// <param name="mailLogo">The mails' logo.</param>
    public static ClientBrand Of(
        AgencyId agency, string agencyName, BrandingInput input, string? logoPath, ShownLogo? mailLogo) =>
        new(agency, input.CompanyName ?? agencyName)
        {
            IsOn = true,
            LogoPath = logoPath,
            MailLogo = mailLogo,
            Colour = BrandColour.Parse(input.Colour)?.NearestPassing(BrandColour.White),
            RequesterName = input.RequesterName,
            ReplyTo = input.ReplyTo,
            SenderName = input.SenderName,
            FooterText = input.FooterText,
            PrivacyUrl = input.PrivacyUrl,
            ImprintUrl = input.ImprintUrl,
            PublicHost = input.PublicHost,
        };

    /// <summary>The path under which a logo is served.</summary>
    public static string PathOf(AgencyId agency, byte[] logoHash) => $"brand/{agency}/{Convert.ToHexStringLower(logoHash)}";
}

/// <summary>A picture as it is shown.</summary>
/// <param name="Path">Where it is served, without a slash before it; a mail has the whole address instead.</param>
/// <param name="Width">Pixels of a style sheet, from 1; the file may have more.</param>
/// <param name="Height">Pixels of a style sheet, from 1.</param>
public sealed record ShownLogo(string Path, int Width, int Height)
{
    /// <summary>The mails' logo of a row; null when it has none.</summary>
    internal static ShownLogo? InMailsOf(AgencyId agency, byte[]? hash, int? width, int? height) =>
        hash is not null && width is { } wide && height is { } high ? new ShownLogo(ClientBrand.PathOf(agency, hash), wide, high) : null;
}
