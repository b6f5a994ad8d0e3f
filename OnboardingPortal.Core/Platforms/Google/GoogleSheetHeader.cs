using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>The first row of a sheet, which names its columns.</summary>
/// <param name="Names">From column A on; blank where a column has no name.</param>
internal sealed record GoogleSheetHeader(IReadOnlyList<string> Names)
{
    private const int MostColumns = 200;

    /// <summary>What columns are called that say who wants no messages, in small letters alone.</summary>
    private static readonly HashSet<string> OptOuts =
    [
        "optout", "optedout", "emailoptout", "hasoptedoutofemail", "unsubscribe", "unsubscribed", "donotcontact", "donotemail", "noemail",
        "noemails", "nomarketing", "abgemeldet", "abmeldung", "abbestellt", "widerspruch", "widersprochen", "werbewiderspruch",
        "unsubscribedat", "optedoutat", "abgemeldetam",
        "keinewerbung", "keinemails", "keineemails", "keinnewsletter", "nichtkontaktieren",
    ];

    /// <summary>What columns are called that hold an id of each person.</summary>
    private static readonly HashSet<string> Ids =
    [
        "id", "contactid", "customerid", "customerno", "customernumber", "leadid", "userid", "memberid", "externalid", "kontaktid",
        "kundenid", "kundennr", "kundennummer", "mitgliedsnummer",
    ];

    /// <summary>
    /// What stands in an opt-out column of somebody who wants messages. A look-up that found nothing is no opt-out; another error is one.
    /// </summary>
    private static readonly HashSet<string> Noes =
        ["", "no", "n", "false", "0", "nein", "falsch", "non", "faux", "falso", "nee", "-", "–", "☐", "#n/a", "#nv"];

    /// <summary>The columns that have a name.</summary>
    public IReadOnlyList<ContactField> Fields =>
        [.. Names.Take(MostColumns).Select((n, i) => new ContactField(LetterOf(i), n.Trim())).Where(f => f.Name.Length > 0)];

    /// <summary>The columns that say who wants no messages.</summary>
    public IReadOnlyList<string> OptOutColumns => [.. Fields.Where(f => OptOuts.Contains(Plain(f.Name))).Select(f => f.Key)];

    /// <summary>The column that holds an id of each person; null without one.</summary>
    public string? IdColumn => Fields.FirstOrDefault(f => Ids.Contains(Plain(f.Name)))?.Key;

    /// <summary>Whether a cell of an opt-out column says that the person wants no messages: anything but a no does.</summary>
    public static bool SaysOut(string? cell) => !Noes.Contains((cell ?? "").Trim().ToLowerInvariant());

    /// <summary>The letters of a column.</summary>
    /// <param name="index">From 0.</param>
    public static string LetterOf(int index)
    {
        var letters = "";
        for (var left = index + 1; left > 0; left = (left - 1) / 26) letters = (char)('A' + ((left - 1) % 26)) + letters;
        return letters;
    }

    /// <summary>
    /// What became of the chosen columns that do not stand where they stood; null when all do. A column is renamed where a name stands that
    /// is none of the others'; where another column stands, one before it was taken out or put in, and those that only moved are not named.
    /// </summary>
    public ContactFieldsGone? Gone(IReadOnlyList<ContactField> chosen)
    {
        var here = Fields.ToDictionary(f => f.Key, f => f.Name);
        var moved = chosen.Where(f => here.GetValueOrDefault(f.Key) != f.Name.Trim()).ToList();
        if (moved.Count == 0) return null;
        var gone = moved.Where(f => !here.ContainsValue(f.Name.Trim())).ToList();
        var isRenamed = gone.Exists(f => here.TryGetValue(f.Key, out var name) && !chosen.Any(c => c.Name.Trim() == name));
        return new ContactFieldsGone([.. (gone.Count > 0 ? gone : moved).Select(f => f.Name)], isRenamed);
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();
}
