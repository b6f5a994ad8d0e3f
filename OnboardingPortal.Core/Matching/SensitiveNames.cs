using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Core.Matching;

/// <summary>
/// Names of audiences that advertising platforms object to, because they say something of people's health, money, faith, love, politics
/// or origin. A warning and not a decision: the words are German and English ones, and the platforms tell theirs to nobody.
/// </summary>
public static class SensitiveNames
{
    /// <summary>Parts of words that mean the same in every compound.</summary>
    private static readonly string[] Stems = Split(
        """
        diabet krebs cancer tumor onkolog oncolog depress psychi psycho therap krankheit kranke patient allerg asthma autis demenz dementia
        alzheimer herzinfarkt schwanger pregnan fertil abtreib abortion behinder disab adiposit obesity ubergewicht overweight weightloss
        alkohol alcohol addict erektion erectile medika medicat medizin medical gesundheit health chronisch
        schulden schuldner verschuld insolven bankrupt kredit darlehen mortgage hypothek inkasso arbeitslos unemploy burgergeld sozialhilfe
        bonitat schufa einkommen
        kathol cathol protestant evangeli muslim moslem islam judisch judaism hindu buddhis kirche moschee mosque synagog religi atheis
        homosex bisex transgender transsex schwul lesb lgbt sexual sexuell erotik erotic porno fetisch fetish
        politi gewerkschaft tradeunion kommunis communis sozialis socialis faschis fascis rassis racis
        ethni migrant einwander fluchtling refugee asylbewerb vorbestraf straftat
        """);

    /// <summary>Words that are parts of harmless ones, and count only whole.</summary>
    private static readonly HashSet<string> Words =
    [
        .. Split(
            """
            aids hiv adhs adhd std stds sucht rehab diat diet diets abnehmen arzt arzte doctor doctors klinik clinic hospital pflege reha
            debt debts credit loan loans payday income salary gehalt schulden poor wealthy
            christ christian christians christen christlich jew jews jewish jude juden church faith bible bibel koran quran
            mormon mormons sex gay gays queer dating
            cdu csu spd fdp afd republican republicans democrat democrats voter voters wahler wahl wahlen wahlkampf election elections
            partei labour tory tories nazi nazis
            ethnic latino latinos hispanic hispanics african africans arab arabs auslander foreigner foreigners kurden sinti criminal
            """),
    ];

    /// <summary>The first word of a name that an advertising platform would object to.</summary>
    /// <param name="name">Hostile text.</param>
    /// <returns>The word as it is written in the name; null when there is none.</returns>
    public static string? WordIn(string name) => WordsOf(name).FirstOrDefault(word =>
    {
        var key = CellText.Key(word);
        return Words.Contains(key) || Array.Exists(Stems, stem => key.Contains(stem, StringComparison.Ordinal));
    });

    /// <summary>A name for a new audience that says nothing of its people: never the list's name.</summary>
    /// <param name="neutral">Such a name, e.g. <c>HubSpot list</c>.</param>
    /// <param name="taken">Names that are in use; compared without regard to case.</param>
    /// <returns>The name, with a number from 2 on where it is taken.</returns>
    public static string Propose(string neutral, IEnumerable<string> taken)
    {
        var used = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(1, used.Count + 1).Select(number => number == 1 ? neutral : $"{neutral} {number}")
            .First(name => !used.Contains(name));
    }

    private static IEnumerable<string> WordsOf(string name)
    {
        for (var from = 0; from < name.Length; from++)
        {
            if (!IsPart(name[from])) continue;
            var to = from;
            while (to < name.Length && IsPart(name[to])) to++;
            yield return name[from..to];
            from = to;
        }
    }

    private static bool IsPart(char c) => char.IsLetter(c) || char.GetUnicodeCategory(c)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Surrogate;

    private static string[] Split(string words) => words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
