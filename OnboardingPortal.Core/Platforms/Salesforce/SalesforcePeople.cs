using System.Text.Json;
using CsvHelper;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Makes people of what queries and jobs answer.</summary>
internal static class SalesforcePeople
{
    /// <summary>A person of a query; null without an id.</summary>
    public static Contact? Of(JsonElement record, ContactSelection selection, IReadOnlyList<string> columns, bool tellsOptOut)
    {
        if (record.ValueKind != JsonValueKind.Object || Text(record, columns[0]) is not { Length: > 0 } id) return null;
        var isOut = tellsOptOut && record.TryGetProperty(columns[1], out var optOut) && optOut.ValueKind == JsonValueKind.True;
        return new Contact(id, isOut, [.. selection.Fields.Select(f => Text(record, f.Key))]);
    }

    /// <summary>The people of a job's results; null for text that is none.</summary>
    /// <param name="csv">With a header or, behind the first results, perhaps without.</param>
    /// <param name="selection">What was chosen.</param>
    /// <param name="columns">What was asked for, in its order.</param>
    /// <param name="tellsOptOut">Whether the second column says who wants no e-mail.</param>
    public static IReadOnlyList<Contact>? Of(
        byte[] csv, ContactSelection selection, IReadOnlyList<string> columns, bool tellsOptOut)
    {
        try
        {
            using var reader = CsvReader.Create(csv, new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                DetectSeparatorHint = false,
                IncludeValuesInExceptions = false,
            });
            var people = new List<Contact>();
            int[]? places = null;
            while (reader.Read())
            {
                if (places is null)
                {
                    var isHeader = string.Equals(reader.GetString(0), columns[0], StringComparison.OrdinalIgnoreCase);
                    places = PlacesOf(isHeader ? HeaderOf(reader) : columns, selection, columns, tellsOptOut);
                    if (places is null) return null;
                    if (isHeader) continue;
                }

                if (Cell(reader, places[0]) is not { Length: > 0 } id) continue;
                var isOut = tellsOptOut && string.Equals(Cell(reader, places[1]), "true", StringComparison.OrdinalIgnoreCase);
                var values = new string?[selection.Fields.Count];
                for (var i = 0; i < values.Length; i++) values[i] = Cell(reader, places[i + 2]);
                people.Add(new Contact(id, isOut, values));
            }

            return people;
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    /// <summary>Where the id, the opt-out and each of the chosen fields stand; null when one of them is missing.</summary>
    private static int[]? PlacesOf(
        IReadOnlyList<string> header, ContactSelection selection, IReadOnlyList<string> columns, bool tellsOptOut)
    {
        int[] places =
        [
            Place(columns[0]), tellsOptOut ? Place(columns[1]) : 0, .. selection.Fields.Select(f => Place(f.Key)),
        ];
        return places.Contains(-1) ? null : places;

        int Place(string name)
        {
            for (var i = 0; i < header.Count; i++)
            {
                if (string.Equals(header[i], name, StringComparison.OrdinalIgnoreCase)) return i;
            }

            return -1;
        }
    }

    private static string[] HeaderOf(CsvReader reader)
    {
        var header = new string[reader.FieldCount];
        for (var i = 0; i < header.Length; i++) header[i] = reader.GetString(i);
        return header;
    }

    private static string? Cell(CsvReader reader, int place) => place < reader.FieldCount ? reader.GetString(place) : null;

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
