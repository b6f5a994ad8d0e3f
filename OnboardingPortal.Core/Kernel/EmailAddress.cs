using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// One mailbox's address, the same for forms, imports, programs and transports: what is read here can be mailed, and stands in a header as
/// one line. Its local part is a dot-atom in ASCII; quoted strings, comments, routes, groups and literal hosts, which the standard has, no
/// mail system here takes. A domain may have letters of every language, and travels in punycode.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2" />
public sealed partial class EmailAddress
{
    /// <summary>The most characters of an address.</summary>
    public const int MaxLength = 320;

    private const int LocalMaxLength = 64;
    private const int DomainMaxLength = 255;
    private const string LinkScheme = "mailto:";
    private const string Punycode = "xn--";

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string text, string wire)
    {
        Text = text;
        Wire = wire;
    }

    /// <summary>The address as it was typed, bare; at most <see cref="MaxLength"/> characters.</summary>
    public string Text { get; }

    /// <summary>The address as it travels between mail servers: ASCII, the domain in punycode and small letters.</summary>
    public string Wire { get; }

    /// <summary>
    /// Reads what a person typed or pasted: a name before angle brackets, a link's scheme, blanks around it and characters that cannot be
    /// seen are left out.
    /// </summary>
    /// <param name="typed">Hostile text.</param>
    /// <returns>The address, or null when there is none, or more than one.</returns>
    public static EmailAddress? Read(string? typed)
    {
        var text = Visible(typed ?? "").Trim();
        if (text.EndsWith('>') && text.IndexOf('<', StringComparison.Ordinal) is var bracket and >= 0)
        {
            var name = text.AsSpan(0, bracket);
            if (name.ContainsAny('>', '\n', '\r') || text.AsSpan(0, bracket).ContainsAnyInRange('\0', '\u001f')) return null;
            text = text[(bracket + 1)..^1].Trim();
        }

        return ReadBare(text.StartsWith(LinkScheme, StringComparison.OrdinalIgnoreCase) ? text[LinkScheme.Length..] : text);
    }

    /// <summary>Reads an address that has nothing around it.</summary>
    /// <param name="text">Hostile text.</param>
    /// <returns>The address, or null when the text is not exactly one.</returns>
    public static EmailAddress? ReadBare(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength }
            || text.LastIndexOf('@') is not (> 0 and <= LocalMaxLength and var at)) return null;
        var local = text[..at];
        // an encoded word says another thing to who decodes it
        if (!DotAtom().IsMatch(local) || local.Contains("=?", StringComparison.Ordinal)) return null;
        if (DomainOf(text[(at + 1)..]) is not { } domain) return null;
        var wire = $"{local}@{domain}";
        return wire.Length <= MaxLength && MailboxAddress.TryParse(Strict, wire, out var read) && read.Name is null or ""
            && read.Route.Count == 0
            ? new EmailAddress(text, wire) : null;
    }

    /// <summary>Whether a person's text can be read as an address.</summary>
    public static bool IsOne(string? typed) => Read(typed) is not null;

    /// <summary>
    /// The address in a person's text; where there is none, the text without blanks around it, for those to judge who judge it then.
    /// </summary>
    public static string Tidy(string? typed) => Read(typed)?.Text ?? typed?.Trim() ?? "";

    /// <summary>
    /// Whether two texts name one mailbox, however its domain is written. Servers tell large from small letters before the @ in theory
    /// only.
    /// </summary>
    public static bool IsSame(string one, string other) => string.Equals(KeyOf(one), KeyOf(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The text without what cannot be seen (such as zero-width spaces, which come along when something is copied), every blank as a space.
    /// </summary>
    internal static string Visible(string text) => string.Concat(text
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
        .Select(c => char.IsWhiteSpace(c) && !char.IsControl(c) ? ' ' : c));

    /// <summary>By what an address is known again; compare without regard to case.</summary>
    internal static string KeyOf(string address) => address.All(char.IsAscii) ? address : ReadBare(address)?.Wire ?? address;

    private static string? DomainOf(string host)
    {
        if (host.Length > DomainMaxLength || !host.Contains('.', StringComparison.Ordinal) || host.StartsWith('.') || host.EndsWith('.'))
            return null;
        var ascii = host.All(char.IsAscii) && !host.Contains(Punycode, StringComparison.OrdinalIgnoreCase)
            ? host.ToLowerInvariant()
            : PunycodeOf(host);
        return ascii?.Length <= DomainMaxLength && HostName().IsMatch(ascii) ? ascii : null;
    }

    private static string? PunycodeOf(string host)
    {
        try
        {
            var ascii = Idn.GetAscii(host).ToLowerInvariant();
            // what is not punycode after all does not come back
            return string.Equals(Idn.GetAscii(Idn.GetUnicode(ascii)), ascii, StringComparison.OrdinalIgnoreCase) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null; // an empty label, one that is too long in punycode, or what no name may hold
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DotAtom();

    /// <summary>
    /// Labels of letters, digits and hyphens within; the last one is not a number, so that no address of a network passes.
    /// </summary>
    [GeneratedRegex(
        @"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?![0-9]+\z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
