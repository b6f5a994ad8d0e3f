using System.Text.Json;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>
/// Something that Mailchimp keeps of a contact: the address, a merge field, or a part of one that holds a postal address.
/// </summary>
/// <param name="Tag">The merge field's tag; null = the e-mail address.</param>
/// <param name="Part">The part; null = the whole.</param>
internal sealed partial record MailchimpFieldKey(string? Tag, string? Part)
{
    private const string Email = "email_address";
    private const string Merged = "merge_fields.";

    private static readonly (string Key, string Name)[] AddressParts =
    [
        ("addr1", "Street Address"), ("addr2", "Address Line 2"), ("city", "City"), ("state", "State/Prov/Region"),
        ("zip", "Postal/Zip"), ("country", "Country"),
    ];

    /// <summary>What to ask for, so that it is told.</summary>
    public string Asked => $"members.{(Tag is null ? Email : Merged + Tag)}";

    /// <summary>The fields of an audience.</summary>
    public static IReadOnlyList<ContactField> Of(IEnumerable<MailchimpMergeField> mergeFields) =>
    [
        new(Email, "Email Address"),
        .. mergeFields.Where(f => f.Tag is not null && Tags().IsMatch(f.Tag)).SelectMany(f => f.Type == "address"
            ? AddressParts.Select(part => new ContactField($"{Merged}{f.Tag}.{part.Key}", $"{f.Name ?? f.Tag}: {part.Name}"))
            : [new ContactField(Merged + f.Tag, f.Name ?? f.Tag!)]),
    ];

    /// <summary>Reads a <see cref="ContactField.Key"/>.</summary>
    /// <returns>Null when it is none of Mailchimp's.</returns>
    public static MailchimpFieldKey? Read(string key)
    {
        if (key == Email) return new(null, null);
        return Keys().Match(key) is { Success: true } match
            ? new(match.Groups["tag"].Value, match.Groups["part"] is { Success: true } part ? part.Value : null)
            : null;
    }

    /// <summary>The value of a contact; null when there is none.</summary>
    public string? ValueOf(MailchimpMember member)
    {
        if (Tag is null) return member.EmailAddress;
        if (!Has(member.MergeFields, Tag, out var value)) return null;
        if (Part is null) return TextOf(value);
        return Has(value, Part, out var part) ? TextOf(part) : null;
    }

    private static bool Has(JsonElement held, string name, out JsonElement value)
    {
        value = default;
        return held.ValueKind == JsonValueKind.Object && held.TryGetProperty(name, out value);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    [GeneratedRegex("^[0-9A-Z_]{1,50}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(
        "^merge_fields\\.(?<tag>[0-9A-Z_]{1,50})(\\.(?<part>addr1|addr2|city|state|zip|country))?\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Keys();
}
