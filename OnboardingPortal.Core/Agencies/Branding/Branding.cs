namespace OnboardingPortal.Core.Agencies;

/// <summary>An agency's white label: what clients see instead of the portal's own looks, in mails and on pages.</summary>
public sealed class Branding : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of <see cref="FooterText"/>.</summary>
    public const int FooterMaxLength = 500;

    /// <summary>The most UTF-16 code units of an address.</summary>
    public const int UrlMaxLength = 500;

    /// <summary>The most characters of a host name (RFC 1035).</summary>
    public const int HostMaxLength = 253;

    private Branding()
    {
    }

    internal Branding(AgencyId agency) => AgencyId = agency;

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The master switch: off = clients see the agency's name and the portal's own looks.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The company's name; null = the agency's.</summary>
    public string? CompanyName { get; private set; }

    /// <summary>The person clients read as requester; null = the user who sends.</summary>
    public string? RequesterName { get; private set; }

    /// <summary>Where answers to mails go, a bare address; null = to the requester.</summary>
    public string? ReplyTo { get; private set; }

    /// <summary>The name mails come from; null = the company's.</summary>
    public string? SenderName { get; private set; }

    /// <summary>The brand's colour as <c>#rrggbb</c>, dark enough for white text on it; null = the portal's.</summary>
    public string? Colour { get; private set; }

    /// <summary>A line or two at the foot of mails and pages; plain text.</summary>
    public string? FooterText { get; private set; }

    /// <summary>The privacy notice, http or https; null = none.</summary>
    public string? PrivacyUrl { get; private set; }

    /// <summary>The imprint, http or https; null = none.</summary>
    public string? ImprintUrl { get; private set; }

    /// <summary>
    /// The host that the agency wants for its links, in lower case, without port; null = the portal's. It counts only while
    /// <see cref="IsHostShown"/>.
    /// </summary>
    public string? PublicHost { get; private set; }

    /// <summary>
    /// The host that was shown to be the agency's. No two agencies have the same. It is of no account once another one is wanted.
    /// </summary>
    public string? ShownHost { get; private set; }

    /// <summary>Whether the wanted host was shown to be the agency's: only then it serves the agency's pages and stands in links.</summary>
    public bool IsHostShown => PublicHost is not null && PublicHost == ShownHost;

    /// <summary>
    /// What the proof is made of, another one whenever the host changes; null = none yet, for a host of before proofs were asked for.
    /// </summary>
    public string? HostNonce { get; private set; }

    /// <summary>When the host was found to be the agency's, UTC.</summary>
    public DateTimeOffset? HostCheckedAt { get; private set; }

    /// <summary>When the proof was last looked for, UTC; null = never.</summary>
    public DateTimeOffset? HostTriedAt { get; private set; }

    /// <summary>Why it was not found; null = it was, or was not looked for.</summary>
    public OwnHostProblem? HostProblem { get; private set; }

    /// <summary>The logo's file for pages; null = none, and then the switch cannot be on.</summary>
    public byte[]? Logo { get; private set; }

    /// <summary>
    /// The type of <see cref="Logo"/>: <c>image/png</c> or <c>image/jpeg</c>; <c>image/webp</c> in rows of before logos were made anew.
    /// </summary>
    public string? LogoType { get; private set; }

    /// <summary>SHA-256 of <see cref="Logo"/>, for addresses that may be cached for ever.</summary>
    public byte[]? LogoHash { get; private set; }

    /// <summary>
    /// The logo's file for mails; null = there is no logo, or it is of before and <see cref="LogoUpgrade"/> could not decode it.
    /// </summary>
    public byte[]? MailLogo { get; private set; }

    /// <summary>The type of <see cref="MailLogo"/>: <c>image/png</c> or <c>image/jpeg</c>.</summary>
    public string? MailLogoType { get; private set; }

    /// <summary>SHA-256 of <see cref="MailLogo"/>.</summary>
    public byte[]? MailLogoHash { get; private set; }

    /// <summary>How wide mails show the logo, in pixels of a style sheet.</summary>
    public int? MailLogoWidth { get; private set; }

    /// <summary>How high mails show the logo, in pixels of a style sheet.</summary>
    public int? MailLogoHeight { get; private set; }

    internal void Change(BrandingInput input)
    {
        if (input.PublicHost != PublicHost)
        {
            ShownHost = null;
            HostCheckedAt = null;
            HostTriedAt = null;
            HostProblem = null;
            HostNonce = input.PublicHost is null ? null : SecretTokens.New();
        }

        IsOn = input.IsOn;
        CompanyName = input.CompanyName;
        RequesterName = input.RequesterName;
        ReplyTo = input.ReplyTo;
        SenderName = input.SenderName;
        Colour = input.Colour;
        FooterText = input.FooterText;
        PrivacyUrl = input.PrivacyUrl;
        ImprintUrl = input.ImprintUrl;
        PublicHost = input.PublicHost;
    }

    internal void ChangeLogo(LogoFile? logo)
    {
        Logo = logo?.Page.Content;
        LogoType = logo?.Page.Type;
        LogoHash = logo?.Page.Hash;
        MailLogo = logo?.Mail.Content;
        MailLogoType = logo?.Mail.Type;
        MailLogoHash = logo?.Mail.Hash;
        MailLogoWidth = logo?.Mail.Width;
        MailLogoHeight = logo?.Mail.Height;
    }
}
