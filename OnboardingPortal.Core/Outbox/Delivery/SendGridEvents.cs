using System.Globalization;
using System.Text.Json;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Reads the body of SendGrid's Event Webhook.</summary>
/// <seealso href="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event">The events.</seealso>
public static class SendGridEvents
{
    /// <summary>
    /// What the body tells of mails. Opens, clicks and whatever else this portal does not use are left out, as is every event that is not
    /// whole.
    /// </summary>
    /// <returns>The events in the body's order, or null when the body is not a JSON array.</returns>
    public static IReadOnlyList<DeliveryReport>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(ReportOf).OfType<DeliveryReport>()]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DeliveryReport? ReportOf(JsonElement told)
    {
        if (told.ValueKind != JsonValueKind.Object) return null;
        DeliveryState? state = Text(told, "event") switch
        {
            "processed" => DeliveryState.Processed,
            "deferred" => DeliveryState.Deferred,
            "delivered" => DeliveryState.Delivered,
            "dropped" => DeliveryState.Dropped,
            "bounce" => DeliveryState.Bounced, // also of the type blocked: this mail does not arrive
            "spamreport" => DeliveryState.Spam,
            _ => null,
        };
        if (state is not { } became || Text(told, "sg_event_id") is not { Length: > 0 and <= DeliveryEvent.IdMaxLength } id
            || At(told) is not { } at) return null;
        // Mails that came by SMTP carry no argument, and those that SendGrid refused have no id of its own: what stays is the Message-ID,
        // which is ours when we set it, and begins with SendGrid's id when SendGrid did.
        var messageId = Text(told, "smtp-id")?.Trim(' ', '<', '>').Split('@')[0];
        return new DeliveryReport(
            id, became, at, Text(told, "email") ?? "", MailOf(Text(told, SendGridDefaults.MailArgument)) ?? MailOf(messageId),
            Text(told, "sg_message_id") is { Length: > 0 } own ? own : messageId, Text(told, "reason") ?? Text(told, "response"));
    }

    private static EmailMessageId? MailOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? EmailMessageId.From(number) : null;

    private static DateTimeOffset? At(JsonElement told) =>
        told.TryGetProperty("timestamp", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string? Text(JsonElement told, string name)
    {
        if (!told.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString()?.Replace("\0", "", StringComparison.Ordinal); // which PostgreSQL cannot store
        }
        catch (InvalidOperationException)
        {
            return null; // half of a character of two
        }
    }
}
