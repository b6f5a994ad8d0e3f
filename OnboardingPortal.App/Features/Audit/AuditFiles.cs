using System.Globalization;
using System.Text.Json;
using CsvHelper;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Audit;

/// <summary>
/// Writes audit entries to files that other programs read: one entry a line, names as the portal stores them, times in UTC.
/// </summary>
internal static class AuditFiles
{
    private static readonly string[] Columns =
        ["Sequence", "Id", "At", "Topic", "Kind", "ActorKind", "ActorId", "ActorName", "Address", "RequestId", "Platform", "Detail",
            "Seal"];

    /// <summary>
    /// A spreadsheet takes what begins like a formula for one, no matter who wrote it: such a field begins with an apostrophe instead.
    /// </summary>
    public static CsvWriterOptions Protected(char delimiter = ',') => new() { Injection = CsvInjection.Escape, Separator = delimiter };

    public static async Task WriteCsvAsync(TextWriter writer, IAsyncEnumerable<AuditEvent> events, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(writer, Protected(), leaveOpen: true);
        csv.WriteHeader(Columns);
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            var line = AuditLine.Of(item);
            await csv.WriteRecordAsync(
                [
                    line.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "", line.Id, line.At, line.Topic, line.Kind, line.ActorKind,
                    line.ActorId, line.ActorName,
                    line.Address ?? "", line.RequestId ?? "", line.Platform ?? "", line.Detail ?? "", line.Seal ?? "",
                ],
                cancellationToken);
        }
    }

    public static async Task WriteJsonLinesAsync(
        TextWriter writer, IAsyncEnumerable<AuditEvent> events, CancellationToken cancellationToken)
    {
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            await writer.WriteLineAsync(
                JsonSerializer.Serialize(AuditLine.Of(item), JsonSerializerOptions.Web).AsMemory(), cancellationToken);
        }
    }
}

/// <summary>
/// An entry as files have it. The numbers are texts, since 63 bits do not fit what spreadsheets and JavaScript call a number.
/// </summary>
internal sealed record AuditLine(
    long? Sequence, string Id, string At, string Topic, string Kind, string ActorKind, string ActorId, string ActorName, string? Address,
    string? RequestId,
    string? Platform, string? Detail, string? Seal)
{
    public static AuditLine Of(AuditEvent item) => new(
        item.Sequence, item.Id.ToString(), item.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), item.Topic.ToString(),
        item.Kind.ToString(),
        item.ActorKind.ToString(), item.ActorId.ToString(CultureInfo.InvariantCulture), item.ActorName, item.Address,
        item.RequestId?.ToString(),
        item.Platform?.Value, item.Detail, item.Seal is null ? null : Convert.ToHexStringLower(item.Seal));
}
