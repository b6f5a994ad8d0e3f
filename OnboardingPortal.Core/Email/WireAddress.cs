using System.Globalization;
using System.Net.Mail;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// Addresses as they travel between mail servers: ASCII, the domain in punycode. An address made here is one line without blanks, angle
/// brackets or a display name, so that it can stand in a header.
/// </summary>
internal static class WireAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The address as it travels, or null when the text is not one bare address that mail servers take.</summary>
    public static string? Read(string text)
    {
        if (text.Length is 0 or > Recipient.EmailMaxLength || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '<' or '>' or ',' or ';')) return null;
        if (!MailAddress.TryCreate(text, out var address) || address.Address != text || address.DisplayName.Length > 0 || !IsAscii(address.User)) return null;
        return DomainOf(address.Host) is { } domain ? $"{address.User}@{domain}" : null;
    }

    /// <summary>The address as it travels.</summary>
    /// <exception cref="EmailRefusedException">No mail server would take it, today or later.</exception>
    public static string Of(string address) => Read(address)
        ?? throw new EmailRefusedException($"“{EmailLayout.OneLine(address)}” is not an address that mail servers take.");

    /// <summary>Whether two addresses are one, however their domain is written. Servers tell large from small letters before the @ in theory only.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Read(one) ?? one, Read(other) ?? other, StringComparison.OrdinalIgnoreCase);

    private static string? DomainOf(string host)
    {
        if (IsAscii(host)) return host;
        try
        {
            return Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null; // a label is too long in punycode, or holds what no name may hold
        }
    }

    private static bool IsAscii(string text) => text.All(char.IsAscii);
}
