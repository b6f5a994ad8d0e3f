using System.Globalization;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>
/// How far an audience is read. Mailchimp's pages begin at an offset, and everybody moves up when somebody before them leaves. So a page
/// begins a little earlier than where the last one ended, and those who were read last show where the new people begin.
/// </summary>
/// <param name="Status">Which people are read now, in Mailchimp's words; empty = everybody of a segment or a tag.</param>
/// <param name="Offset">Where the last page ended.</param>
/// <param name="SoFar">How many people were read before these, in all.</param>
/// <param name="StepsBack">How often nobody was found of those who were read last.</param>
/// <param name="Last">Mailchimp's numbers of those who were read last; they tell nothing of a person.</param>
internal sealed partial record MailchimpPlace(string Status, int Offset, long SoFar, int StepsBack, IReadOnlyList<string> Last)
{
    public const string Subscribed = "subscribed";
    public const string Unsubscribed = "unsubscribed";

    /// <summary>How much earlier a page begins: so many may leave between two pages without another call.</summary>
    public const int Overlap = 25;

    private const int Kept = 5;
    private const int MaxStepsBack = 20;

    /// <summary>Where the next page begins.</summary>
    public int From => Last.Count == 0 ? Offset : Math.Max(0, Offset - Overlap);

    /// <summary>Where to begin when nobody is found of those who were read last.</summary>
    public int FurtherBack => Math.Max(0, Offset - MailchimpDefaults.MaxPage);

    /// <summary>Whether to look further back: a list that changes all the time is still read to its end.</summary>
    public bool MayStepBack => StepsBack < MaxStepsBack;

    /// <returns>Null when the text is no cursor.</returns>
    public static MailchimpPlace? Read(string cursor) =>
        cursor.Split(':') is [var status and ("" or Subscribed or Unsubscribed), var offset, var soFar, var steps, var last]
        && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var o)
        && long.TryParse(soFar, NumberStyles.None, CultureInfo.InvariantCulture, out var r)
        && int.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
            ? new(status, o, r, s, last.Split(',', StringSplitOptions.RemoveEmptyEntries))
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Status}:{Offset}:{SoFar}:{StepsBack}:{string.Join(',', Last)}");

    /// <summary>How many of a page were read before; null when nobody is found of those who were read last.</summary>
    public int? ReadBefore(IReadOnlyList<MailchimpMember> page)
    {
        if (Last.Count == 0) return 0;
        for (var at = page.Count - 1; at >= 0; at--)
        {
            if (page[at].UniqueEmailId is { } number && Last.Contains(number)) return at + 1;
        }

        return null;
    }

    /// <summary>The place behind a page.</summary>
    /// <param name="from">Where the page began.</param>
    /// <param name="page">The page.</param>
    /// <param name="hasSteppedBack">Whether it is one that was looked for further back.</param>
    public MailchimpPlace Behind(int from, IReadOnlyList<MailchimpMember> page, bool hasSteppedBack)
    {
        var last = page.TakeLast(Kept).Select(m => m.UniqueEmailId).OfType<string>().Where(n => Number().IsMatch(n)).ToList();
        return this with { Offset = from + page.Count, StepsBack = StepsBack + (hasSteppedBack ? 1 : 0), Last = last };
    }

    [GeneratedRegex("^[0-9A-Za-z]{1,40}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
