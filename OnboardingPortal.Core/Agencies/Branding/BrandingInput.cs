namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// What a main user sets of the white label, apart from the logo's file. An empty text counts as none; see <see cref="Branding"/> for what
/// none means.
/// </summary>
/// <param name="IsOn">The master switch.</param>
/// <param name="CompanyName">Shown in place of the agency's name.</param>
/// <param name="RequesterName">Shown in place of the sender's name.</param>
/// <param name="ReplyTo">A bare address.</param>
/// <param name="SenderName">Who mails come from.</param>
/// <param name="Colour"><c>#rrggbb</c>.</param>
/// <param name="FooterText">Plain text of a few lines.</param>
/// <param name="PrivacyUrl">http or https.</param>
/// <param name="ImprintUrl">http or https.</param>
/// <param name="PublicHost">A host name without scheme and port.</param>
public sealed record BrandingInput(
    bool IsOn, string? CompanyName, string? RequesterName, string? ReplyTo, string? SenderName, string? Colour, string? FooterText,
    string? PrivacyUrl, string? ImprintUrl,
    string? PublicHost)
{
    /// <summary>What stands in a row; all off without one.</summary>
    public static BrandingInput Of(Branding? row) => new(
        row?.IsOn ?? false, row?.CompanyName, row?.RequesterName, row?.ReplyTo, row?.SenderName, row?.Colour, row?.FooterText,
        row?.PrivacyUrl, row?.ImprintUrl, row?.PublicHost);

    /// <summary>The same as it is kept: texts trimmed, empty ones null, the colour in lower case, the host as its ASCII form.</summary>
    public BrandingInput Tidy() => new(
        IsOn, Text(CompanyName), Text(RequesterName), Text(ReplyTo) is { } replyTo ? EmailAddress.Tidy(replyTo) : null, Text(SenderName),
        Text(Colour)?.ToLowerInvariant(), Text(FooterText)?.ReplaceLineEndings("\n"),
        Text(PrivacyUrl), Text(ImprintUrl), Text(PublicHost) is { } host ? PublicHosts.Read(host) ?? host : null);

    /// <summary>Names of the fields in which two inputs differ, for the audit trail.</summary>
    internal IEnumerable<string> DifferencesFrom(BrandingInput other)
    {
        if (IsOn != other.IsOn) yield return nameof(IsOn);
        if (CompanyName != other.CompanyName) yield return nameof(CompanyName);
        if (RequesterName != other.RequesterName) yield return nameof(RequesterName);
        if (ReplyTo != other.ReplyTo) yield return nameof(ReplyTo);
        if (SenderName != other.SenderName) yield return nameof(SenderName);
        if (Colour != other.Colour) yield return nameof(Colour);
        if (FooterText != other.FooterText) yield return nameof(FooterText);
        if (PrivacyUrl != other.PrivacyUrl) yield return nameof(PrivacyUrl);
        if (ImprintUrl != other.ImprintUrl) yield return nameof(ImprintUrl);
        if (PublicHost != other.PublicHost) yield return nameof(PublicHost);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What becomes of the logo.</summary>
/// <param name="IsChanged">False: it stays.</param>
/// <param name="File">The new one's file; null with <paramref name="IsChanged"/> = the logo is removed.</param>
public sealed record LogoChange(bool IsChanged, byte[]? File)
{
    /// <summary>The logo stays.</summary>
    public static LogoChange Keep { get; } = new(false, null);

    /// <summary>There is no logo any more.</summary>
    public static LogoChange Remove { get; } = new(true, null);
}
