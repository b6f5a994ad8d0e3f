using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Matching;

internal static class MatchedText
{
    /// <summary>What of a person is sent, as Facebook wants it written: 64 lower-case hex digits for each key, empty where there is none.</summary>
    public static string[] Cells(this PersonMatcher matcher, params IReadOnlyList<string?> values)
    {
        var person = matcher.Match(values);
        return [.. values.Select((_, key) => Convert.ToHexStringLower(person.HashOf(key)))];
    }
}
