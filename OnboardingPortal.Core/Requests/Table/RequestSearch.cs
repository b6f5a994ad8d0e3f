using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Words for the full-text index: split and lower-cased here, so that SQLite and PostgreSQL index and find exactly the same words.
/// The agency's own word comes first: a search never walks through another tenant's matches.
/// </summary>
public static class RequestSearch
{
    /// <summary>The most characters of a search that count.</summary>
    public const int MaxLength = 100;

    /// <summary>The words by which a request is found: recipients, participants and connected accounts.</summary>
    internal static string TextOf(OnboardingRequest request)
    {
        var sources = request.Recipients.Select(r => r.Email)
            .Concat(request.Participants.SelectMany(p => new[] { p.Name, p.Email }))
            .Concat(request.Connections.Where(c => c.State != ConnectionState.Removed)
            .SelectMany(c => c.Assets.Select(a => a.Name).Append(c.DisplayName)));
        return string.Join(' ', sources.SelectMany(Words).Distinct().Prepend(AgencyWord(request.AgencyId)));
    }

    /// <summary>The search for FTS5: every word must begin a word of the text. Null when there is nothing to search for.</summary>
    internal static string? ForSqlite(AgencyId agency, string search)
    {
        var words = Searched(search);
        return words.Count == 0 ? null : $"\"{AgencyWord(agency)}\" " + string.Join(' ', words.Select(w => $"\"{w}\"*"));
    }

    /// <summary>The search for <c>to_tsquery('simple', …)</c>. Null when there is nothing to search for.</summary>
    internal static string? ForPostgres(AgencyId agency, string search)
    {
        var words = Searched(search);
        return words.Count == 0 ? null : $"{AgencyWord(agency)} & " + string.Join(" & ", words.Select(w => $"{w}:*"));
    }

    /// <summary>Whether the text has a word to search for.</summary>
    public static bool HasWords(string? search) => search is not null && Searched(search).Count > 0;

    /// <summary>The agency's requests that match a search, from the database's full-text index.</summary>
    internal static IQueryable<FoundRequest> SearchRequests(this PortalDbContext db, AgencyId agency, string search)
    {
        if (db is not PostgresPortalDbContext)
        {
            var words = ForSqlite(agency, search);
            return db.Set<FoundRequest>().FromSql($"SELECT rowid AS Id FROM request_search WHERE request_search MATCH {words}");
        }

        var match = ForPostgres(agency, search);
        return db.Set<FoundRequest>().FromSql(
            $"""SELECT "Id" FROM requests WHERE to_tsvector('simple', "SearchText") @@ to_tsquery('simple', {match})""");
    }

    private static List<string> Searched(string search) => [.. Words(ForeignText.Fit(search, MaxLength)).Distinct()];

    private static string AgencyWord(AgencyId agency) => string.Create(CultureInfo.InvariantCulture, $"agency{agency.Value}");

    /// <summary>
    /// Runs of letters and digits, lower-cased, without marks (<c>backerei</c> finds <c>Bäckerei</c>), ß as ss (<c>strasse</c> finds
    /// <c>Straße</c>).
    /// </summary>
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0) yield return word.ToString();
    }
}
