using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>A condition: a field, a sign, and a value that is null, a text, a truth value, a number, a day or a time.</summary>
internal sealed record SalesforceClause(string Field, string Sign, object? Value)
{
    public static readonly string[] Signs = ["=", "!=", "<", ">", "<=", ">=", "LIKE"];

    /// <summary>Reads the word of the value.</summary>
    /// <returns>Null when it is none.</returns>
    public static SalesforceClause? Of(string field, string sign, string word)
    {
        if (word is ['\'', .., '\''])
        {
            var raw = word[1..^1];
            return new(field, sign, sign == "LIKE" ? Pattern(raw) : Unescape(raw));
        }

        if (sign == "LIKE") return null;
        return word switch
        {
            "null" => new(field, sign, null),
            "true" or "false" => new(field, sign, word == "true"),
            _ when DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                new(field, sign, day),
            _ when word.Contains('T', StringComparison.Ordinal)
                && DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) =>
                new(field, sign, time),
            _ when decimal.TryParse(word, CultureInfo.InvariantCulture, out var number) => new(field, sign, number),
            _ => null,
        };
    }

    /// <summary>Whether a field of that type can be compared with the value.</summary>
    public bool Fits(string type) => (Value, type) switch
    {
        (null, _) => Sign is "=" or "!=",
        (bool, "boolean") => Sign is "=" or "!=",
        (decimal, "double") or (DateOnly, "date") or (DateTimeOffset, "datetime") => true,
        (string or Regex, "string" or "email" or "phone" or "picklist" or "url" or "id" or "reference") => true,
        _ => false,
    };

    public bool Matches(SandboxContact contact, string entity)
    {
        var found = SalesforceFields.Value(contact, entity, Field);
        return Value switch
        {
            null => found is null == (Sign == "="),
            Regex pattern => found is string text && pattern.IsMatch(text),
            _ when found is null => Sign == "!=",
            string text => Holds(string.Compare((string)found, text, StringComparison.OrdinalIgnoreCase)),
            _ => Holds(((IComparable)found).CompareTo(Value)),
        };
    }

    private bool Holds(int compared) => Sign switch
    {
        "=" => compared == 0,
        "!=" => compared != 0,
        "<" => compared < 0,
        ">" => compared > 0,
        "<=" => compared <= 0,
        _ => compared >= 0,
    };

    private static string Unescape(string raw)
    {
        var text = new StringBuilder();
        for (var i = 0; i < raw.Length; i++) text.Append(raw[i] == '\\' ? Escaped(raw[++i]) : raw[i]);
        return text.ToString();
    }

    private static Regex Pattern(string raw)
    {
        var pattern = new StringBuilder("^");
        for (var i = 0; i < raw.Length; i++)
        {
            pattern.Append(raw[i] switch
            {
                '%' => ".*",
                '_' => ".",
                '\\' => Regex.Escape(Escaped(raw[++i]).ToString()),
                var character => Regex.Escape(character.ToString()),
            });
        }

        return new Regex(
            pattern.Append('$').ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline,
            TimeSpan.FromSeconds(1));
    }

    private static char Escaped(char character) => character switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => character,
    };
}
