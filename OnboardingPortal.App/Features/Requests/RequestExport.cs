using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// Requests as a file for spreadsheets, in the reader's language and with the delimiter that their spreadsheet expects; times in UTC.
/// </summary>
public sealed class RequestExport(LineWords words, IStringLocalizer<RequestsText> text, PortalAddress address, TimeProvider clock)
{
    /// <summary>Where the file is.</summary>
    public const string Address = "/collaboration/requests/export";

    /// <summary>How many requests can be chosen one by one: as many as a page has.</summary>
    public const int MaxChosen = 100;

    private static readonly string[] Columns =
        ["Recipient", "ExportRecipients", "Status", "ExportActivity", "ExportActivityAt", "ExportRequested", "ExportValidUntil",
            "ExportCompletedBy", "Accounts", "ExportPage"];

    private static char Delimiter => CultureInfo.CurrentCulture.TextInfo.ListSeparator is [var one] ? one : ',';

    /// <summary>Where chosen requests can be had as a file.</summary>
    public static string AddressOf(IEnumerable<RequestId> ids) => $"{Address}?ids={string.Join(',', ids)}";

    /// <summary>The ids in such an address; null where it names none.</summary>
    public static IReadOnlyList<RequestId>? ReadIds(string? ids) => ids is null ? null :
    [
        .. ids.Split(',').Take(MaxChosen)
            .Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? RequestId.From(number)
                : RequestId.None),
    ];

    public async Task WriteAsync(TextWriter writer, IAsyncEnumerable<RequestRow> rows, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(writer, AuditFiles.Protected(Delimiter), leaveOpen: true);
        csv.WriteHeader([.. Columns.Select(key => text[key].Value)]);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var line = words.Write(row, row.StatusAt(clock.GetUtcNow()));
            await csv.WriteRecordAsync(
                [
                    row.FirstRecipient, row.RecipientCount.ToString(CultureInfo.InvariantCulture), line.StatusWord, line.Activity.Trim(),
                    Stamp(row.ActivityAt),
                    Stamp(row.RequestedAt), row.ExpiresAt is { } end ? Stamp(end) : "", row.CompletedByName ?? "",
                    string.Join("; ", line.Accounts.Select(a => a.Words)),
                    new Uri(address.Public, $"collaboration/requests/{row.Id}").AbsoluteUri,
                ],
                cancellationToken);
        }
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
