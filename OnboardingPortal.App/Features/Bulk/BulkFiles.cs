using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.Core.Bulk;

namespace OnboardingPortal.App.Features.Bulk;

/// <summary>Files of imports, in the reader's language and with the delimiter that their spreadsheet expects.</summary>
internal static class BulkFiles
{
    private static readonly BulkColumn[] Filled = Enum.GetValues<BulkColumn>();
    private static readonly string[] Told = ["Line", "ColumnRecipients", "ColumnServices", "Outcome", "Problems", "Request", "Link"];

    private static char Delimiter => CultureInfo.CurrentCulture.TextInfo.ListSeparator is [var one] ? one : ',';

    /// <summary>A file to fill in: the columns and two examples.</summary>
    public static async Task WriteTemplateAsync(TextWriter writer, IStringLocalizer<BulkText> text, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(writer, AuditFiles.Protected(Delimiter), leaveOpen: true);
        csv.WriteHeader([.. Filled.Select(c => text[$"Column{c}"].Value)]);
        await csv.WriteRecordAsync(
            ["hello@bakery.example", "Mailchimp", text["ExampleMessage"].Value, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, "",
                ""], cancellationToken);
        await csv.WriteRecordAsync(["info@garage.example, owner@garage.example", "Mailchimp, HubSpot", "", "", "", ""], cancellationToken);
    }

    /// <summary>What became of each row.</summary>
    public static async Task WriteResultAsync(
        TextWriter writer, BulkResults results, PortalAddress address, IStringLocalizer<BulkText> text, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(writer, AuditFiles.Protected(Delimiter), leaveOpen: true);
        csv.WriteHeader([.. Told.Select(key => text[key].Value)]);
        await foreach (var line in results.Lines.WithCancellation(cancellationToken))
        {
            var problems = line.Problems.Select(
                p => $"{text[p.Column is { } column ? $"Column{column}" : "WholeRow"]}: {p.For(CultureInfo.CurrentUICulture)}");
            await csv.WriteRecordAsync(
                [
                    line.Line.ToString(CultureInfo.InvariantCulture), line.Recipients, line.Services, text[$"Outcome{line.State}"].Value,
                    string.Join(' ', problems),
                    line.Request?.ToString() ?? "",
                    line.Request is { } request ? new Uri(address.Public, $"collaboration/requests/{request}").AbsoluteUri : "",
                ],
                cancellationToken);
        }
    }
}
