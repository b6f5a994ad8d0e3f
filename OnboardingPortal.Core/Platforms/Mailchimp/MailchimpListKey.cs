using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>What people are read of: an audience, or a segment or tag of one.</summary>
/// <param name="Audience">The audience's id.</param>
/// <param name="Segment">The segment's or tag's id; null = the whole audience.</param>
internal sealed partial record MailchimpListKey(string Audience, string? Segment)
{
    /// <summary>Its path below <c>3.0/</c>.</summary>
    public string Path => Segment is null ? $"lists/{Audience}" : $"lists/{Audience}/segments/{Segment}";

    /// <summary>The text that <see cref="Read"/> reads.</summary>
    public static string Of(string audience) => $"list:{audience}";

    /// <inheritdoc cref="Of(string)" />
    public static string Of(string audience, MailchimpSegment segment) => $"{(IsTag(segment) ? "tag" : "segment")}:{audience}/{segment.Id}";

    /// <summary>What people call such a part.</summary>
    public static ContactListKind KindOf(MailchimpSegment segment) => IsTag(segment) ? ContactListKind.Tag : ContactListKind.Segment;

    /// <summary>Whether an id can be an audience's.</summary>
    public static bool IsAudience(string? id) => id is not null && Audiences().IsMatch(id);

    /// <summary>Reads a <see cref="ContactList.Key"/>.</summary>
    /// <returns>Null when it is none of Mailchimp's.</returns>
    public static MailchimpListKey? Read(string key) => Keys().Match(key) is { Success: true } match
        ? new(match.Groups["audience"].Value, match.Groups["segment"] is { Success: true } segment ? segment.Value : null)
        : null;

    private static bool IsTag(MailchimpSegment segment) => segment.Type == "static";

    [GeneratedRegex("^[0-9A-Za-z]{1,40}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Audiences();

    [GeneratedRegex(
        "^(?:list:(?<audience>[0-9A-Za-z]{1,40})|(?:segment|tag):(?<audience>[0-9A-Za-z]{1,40})/(?<segment>[0-9]{1,18}))\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Keys();
}
