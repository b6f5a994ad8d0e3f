using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Mails.Letters;

/// <summary>How a mail looks.</summary>
/// <param name="Name">At its head, in words or as what the logo says.</param>
public sealed record EmailBranding(string Name)
{
    private const string PortalColour = "#4f46e5";

    /// <summary>The logo, by its whole address; null = the name stands in words.</summary>
    public ShownLogo? Logo { get; init; }

    /// <summary>The button's ground under white text.</summary>
    public string Colour { get; init; } = PortalColour;

    /// <summary>Plain text of a few lines at the foot; null = none.</summary>
    public string? FooterText { get; init; }

    /// <summary>The privacy notice; null = none.</summary>
    public string? PrivacyUrl { get; init; }

    /// <summary>The imprint; null = none.</summary>
    public string? ImprintUrl { get; init; }

    /// <summary>A brand's look.</summary>
    /// <param name="brand">The brand.</param>
    /// <param name="root">What stands before the logo's path: where the reader's mail program finds it.</param>
    public static EmailBranding Of(ClientBrand brand, string root) => new(brand.Name)
    {
        Logo = brand is { IsOn: true, MailLogo: { } logo } ? logo with { Path = root + logo.Path } : null,
        Colour = brand.Colour?.ToString() ?? PortalColour,
        FooterText = brand.FooterText,
        PrivacyUrl = brand.PrivacyUrl,
        ImprintUrl = brand.ImprintUrl,
    };
}
