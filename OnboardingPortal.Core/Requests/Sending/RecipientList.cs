using System.Text;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Reads addresses as people type and paste them: separated by commas, semicolons, bars, slashes, new lines, blanks or "and", with names or
/// without.
/// </summary>
public static class RecipientList
{
    /// <summary>The most addresses one request may have.</summary>
    public const int MaxAddresses = 50;

    private const int MaxNamed = 10;
    private static readonly string[] Between = ["and", "und", "or", "oder", "-", "+"];

    /// <summary>The addresses, without repeats; or what is wrong with them.</summary>
    /// <returns>The addresses, <see cref="AddressMissing"/>, <see cref="AddressesRefused"/> or <see cref="TooManyAddresses"/>.</returns>
    public static Result<IReadOnlyList<string>> Read(string? text) =>
        ReadEach([.. PartsOf(EmailAddress.Visible(text ?? "")).SelectMany(ByBlanks)]);

    /// <summary>The same of addresses that are parted already: each is one address.</summary>
    internal static Result<IReadOnlyList<string>> ReadEach(IReadOnlyList<string> parts)
    {
        if (parts.Count == 0) return new AddressMissing();
        var distinct = parts.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (distinct.Count > MaxAddresses) return new TooManyAddresses(distinct.Count);
        var read = distinct.Select(p => (Typed: p, Address: EmailAddress.Read(p)))
            .DistinctBy(p => p.Address?.Wire ?? p.Typed, StringComparer.OrdinalIgnoreCase).ToList();
        var wrong = read.Where(p => p.Address is null).Select(p => p.Typed.Length > 80 ? ForeignText.Fit(p.Typed, 80) + "…" : p.Typed)
            .Take(MaxNamed).ToList();
        if (wrong.Count > 0) return new AddressesRefused(wrong);
        return read.ConvertAll(p => p.Address!.Text);
    }

    /// <summary>
    /// Parts the text; what stands in quotes or angle brackets is not parted. A name with a comma, as in "Baker, Nora &lt;…&gt;", stays
    /// before its address.
    /// </summary>
    private static List<string> PartsOf(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var isBegun = false;
        var isQuoted = false;
        var isBracketed = false;
        var name = "";
        foreach (var c in text.Replace(":::", ",", StringComparison.Ordinal) + "\n")
        {
            var isLineEnd = c is '\n' or '\r';
            if (isLineEnd || (!isQuoted && !isBracketed && c is ',' or ';' or '|' or '\t' or '，' or '；' or '、'))
            {
                var ended = part.ToString().Trim();
                if (ended.EndsWith('>'))
                {
                    ended = name + ended;
                    name = "";
                }
                else if (name.Length > 0) parts.Add(name.TrimEnd(' ', ','));
                var mayBeName = c == ',' && ended.Length > 0 && !ended.Contains('@', StringComparison.Ordinal);
                name = mayBeName ? ended + ", " : "";
                if (!mayBeName && ended.Length > 0) parts.Add(ended);
                part.Clear();
                isBegun = false;
                isQuoted = false;
                isBracketed = false;
                continue;
            }

            if (c == '"' && (isQuoted || !isBegun)) isQuoted = !isQuoted;
            else if (!isQuoted && c is '<' or '>') isBracketed = c == '<';
            isBegun |= c != ' ';
            part.Append(c);
        }

        return parts;
    }

    /// <summary>
    /// Addresses that blanks, slashes or words part, where each of the rest is one; a slash may stand in an address, too.
    /// </summary>
    private static IEnumerable<string> ByBlanks(string part)
    {
        if (EmailAddress.ReadBare(part) is not null) return [part];
        return AllIn(part, ' ') ?? AllIn(part, ' ', '/', '&', '\\') ?? [part];
    }

    private static string[]? AllIn(string part, params char[] separators)
    {
        var words = part.Split(separators, StringSplitOptions.RemoveEmptyEntries);
        string[] addresses = [.. words.Where(w => !Between.Contains(w, StringComparer.OrdinalIgnoreCase))];
        return addresses.Length > 1 && Array.TrueForAll(addresses, w => EmailAddress.ReadBare(w) is not null) ? addresses : null;
    }
}
