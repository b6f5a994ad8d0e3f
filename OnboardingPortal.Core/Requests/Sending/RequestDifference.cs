namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What an edit of a request changed. Its text stands in the audit trail, where it can be read as it is and put into any language.
/// </summary>
/// <param name="Message">Whether the message is another.</param>
/// <param name="Added">Services asked for from then on.</param>
/// <param name="Removed">Services no longer asked for.</param>
/// <param name="Business">The name of the Business Manager that receives assets from then on; null when it stayed.</param>
public sealed record RequestDifference(bool Message, IReadOnlyList<PlatformKey> Added, IReadOnlyList<PlatformKey> Removed, string? Business)
{
    private const string MessageWord = "message";
    private const string BusinessWord = "business: ";

    /// <summary>Whether nothing changed.</summary>
    public bool IsNone => this is { Message: false, Added.Count: 0, Removed.Count: 0, Business: null };

    /// <summary>Reads what <see cref="ToString"/> wrote; what it does not know is left out.</summary>
    public static RequestDifference Read(string text)
    {
        var at = text.IndexOf(BusinessWord, StringComparison.Ordinal);
        string[] words = (at < 0 ? text : text[..at]).Split(", ", StringSplitOptions.RemoveEmptyEntries);
        return new RequestDifference(
            words.Contains(MessageWord), KeysAfter('+'), KeysAfter('-'), at < 0 ? null : text[(at + BusinessWord.Length)..]);

        List<PlatformKey> KeysAfter(char sign) => [.. words.Where(w => w[0] == sign).Select(w => new PlatformKey(w[1..]))];
    }

    /// <summary><c>message, +salesforce, -mailchimp, business: Brightside Business</c>.</summary>
    public override string ToString() => string.Join(", ",
    [
        .. Message ? [MessageWord] : Array.Empty<string>(), .. Added.Select(p => $"+{p.Value}"), .. Removed.Select(p => $"-{p.Value}"),
        .. Business is null ? Array.Empty<string>() : [BusinessWord + Business],
    ]);
}
