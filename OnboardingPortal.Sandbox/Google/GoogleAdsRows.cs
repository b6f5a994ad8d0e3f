using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>What a query finds, a part for each list of contacts; made when it is read.</summary>
internal sealed record GoogleAdsRows(IReadOnlyList<(SandboxContactList List, Func<SandboxContact, JsonObject> Describe)> Parts)
{
    private const long Contacts = 1_000_000_000;

    private IReadOnlyList<JsonObject> Few { get; init; } = [];

    public int Count => Few.Count + Parts.Sum(p => p.List.Count);

    public static GoogleAdsRows Of(IEnumerable<JsonObject> few) => new([]) { Few = [.. few] };

    /// <summary>Rows behind a place, each with the place itself; a place names a part and the number of a contact in it.</summary>
    public IEnumerable<(JsonObject Row, long Place)> After(long place)
    {
        if (place == 0)
        {
            foreach (var row in Few) yield return (row, 0);
        }

        for (var part = (int)(place / Contacts); part < Parts.Count; part++)
        {
            var (list, describe) = Parts[part];
            foreach (var contact in list.After(part == place / Contacts ? (int)(place % Contacts) : 0))
                yield return (describe(contact), (part * Contacts) + contact.Number);
        }
    }

    /// <summary>The place that a page token names; null when it is none.</summary>
    public static long? PlaceOf(string token) =>
        token.Length == 0 ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
        : null;
}
