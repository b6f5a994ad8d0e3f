using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Something that is wrong with a row. Its words are kept in every language of the portal: some come from validators, which speak only when
/// they judge, and a row is read by whoever opens the page later.
/// </summary>
/// <param name="Column">Where; null = the row as a whole.</param>
/// <param name="Words">By two-letter code; hostile text, since they name what stands in the cell.</param>
public sealed record BulkProblem(
    [property: JsonConverter(typeof(JsonStringEnumConverter<BulkColumn>))] BulkColumn? Column, IReadOnlyDictionary<string, string> Words)
{
    /// <summary>The words for the reader.</summary>
    public string For(CultureInfo reader) => Words.TryGetValue(reader.TwoLetterISOLanguageName, out var words)
        ? words
        : Words[PortalLanguages.All[0]];

    /// <summary>Asks for the words once in each language.</summary>
    internal static BulkProblem Say(BulkColumn? column, Func<string> words)
    {
        var culture = CultureInfo.CurrentCulture;
        var language = CultureInfo.CurrentUICulture;
        try
        {
            var said = new Dictionary<string, string>();
            foreach (var code in PortalLanguages.All)
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(code);
                said[code] = words();
            }

            return new BulkProblem(column, said);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = language;
        }
    }

    internal static string? Write(IReadOnlyList<BulkProblem> problems) => problems.Count == 0 ? null : JsonSerializer.Serialize(problems);

    internal static IReadOnlyList<BulkProblem> Read(string? json) => json is null
        ? []
        : JsonSerializer.Deserialize<List<BulkProblem>>(json)!;
}
