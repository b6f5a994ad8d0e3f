using System.Net.Mail;

namespace OnboardingPortal.Core.Requests;

/// <summary>Reads addresses as people type them: separated by commas, semicolons or new lines.</summary>
public static class RecipientList
{
    /// <summary>The most addresses one request may have.</summary>
    public const int MostAddresses = 50;

    private const int MostNamed = 10;
    private static readonly char[] Separators = [',', ';', '\n', '\r'];

    /// <summary>The addresses, without repeats; or what is wrong with them.</summary>
    /// <returns>The addresses, <see cref="AddressMissing"/>, <see cref="AddressesRefused"/> or <see cref="TooManyAddresses"/>.</returns>
    public static Result<IReadOnlyList<string>> Read(string? text)
    {
        var parts = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ReadEach(parts);
    }

    /// <summary>The same of addresses that are parted already: each is one address.</summary>
    internal static Result<IReadOnlyList<string>> ReadEach(IReadOnlyList<string> parts)
    {
        if (parts.Count == 0) return new AddressMissing();
        var distinct = parts.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (distinct.Count > MostAddresses) return new TooManyAddresses(distinct.Count);
        var wrong = distinct.Where(a => !IsAddress(a)).Select(a => a.Length > 80 ? a[..80] + "…" : a).Take(MostNamed).ToList();
        if (wrong.Count > 0) return new AddressesRefused(wrong);
        return distinct;
    }

    /// <summary>
    /// Whether the text is one bare address: no display name, no control characters, a dot in its domain, at most
    /// <see cref="Recipient.EmailMaxLength"/> characters.
    /// </summary>
    public static bool IsAddress(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > Recipient.EmailMaxLength || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return false;
        if (!MailAddress.TryCreate(text, out var address) || address.Address != text || address.DisplayName.Length > 0) return false;
        return !text.Contains('"', StringComparison.Ordinal) && address.User.Length <= 64 && IsHost(address.Host);
    }

    private static bool IsHost(string host) =>
        host.Contains('.', StringComparison.Ordinal) && !host.Contains("..", StringComparison.Ordinal)
        && !host.StartsWith('.') && !host.EndsWith('.') && Uri.CheckHostName(host) == UriHostNameType.Dns;
}
