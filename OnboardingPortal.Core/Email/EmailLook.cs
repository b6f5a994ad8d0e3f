using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Email;

/// <summary>How a mail looks.</summary>
/// <param name="Name">At its head, in words or as what the logo says.</param>
public sealed record EmailLook(string Name)
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
    public static EmailLook Of(ClientBrand brand, string root) => new(brand.Name)
    {
        Logo = brand is { IsOn: true, MailLogo: { } logo } ? logo with { Path = root + logo.Path } : null,
        Colour = brand.Colour?.ToString() ?? PortalColour,
        FooterText = brand.FooterText,
        PrivacyUrl = brand.PrivacyUrl,
        ImprintUrl = brand.ImprintUrl,
    };
}

/// <summary>What a mail consists of, from top to bottom.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Heading">One line.</param>
/// <param name="MessageHtml">The message; safe, as it is written out.</param>
/// <param name="MessageText">The same as plain text.</param>
/// <param name="Notes">Paragraphs in small below the message.</param>
/// <param name="Button">The button's words.</param>
/// <param name="Link">Where the button leads.</param>
/// <param name="Footer">Lines at the foot.</param>
internal sealed record EmailParts(
    string Subject, string Heading, string MessageHtml, string MessageText, IReadOnlyList<string> Notes, string Button, Uri Link,
    IReadOnlyList<string> Footer)
{
    /// <summary>Where the reader stops reminders; null where there are none.</summary>
    public Uri? StopLink { get; init; }
}
