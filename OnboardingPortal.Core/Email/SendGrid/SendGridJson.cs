using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Email.SendGrid;

/// <summary>The body of Mail Send.</summary>
internal sealed record SendGridMail(
    IReadOnlyList<SendGridPersonalization> Personalizations, SendGridAddress From, SendGridAddress? ReplyTo, string Subject, IReadOnlyList<SendGridContent> Content,
    SendGridTracking TrackingSettings, SendGridMailSettings MailSettings);

/// <summary>Whom it goes to. The arguments stand here: the OpenAPI document has those of the whole message as text, not as an object.</summary>
internal sealed record SendGridPersonalization(
    IReadOnlyList<SendGridAddress> To, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> CustomArgs);

internal sealed record SendGridAddress(string Email, string? Name = null);

internal sealed record SendGridContent(string Type, string Value);

internal sealed record SendGridTracking(SendGridClickTracking ClickTracking, SendGridSwitch OpenTracking, SendGridSwitch SubscriptionTracking);

internal sealed record SendGridClickTracking(bool Enable, bool EnableText);

internal sealed record SendGridMailSettings(SendGridSwitch SandboxMode);

internal sealed record SendGridSwitch(bool Enable);

/// <summary>What SendGrid says when it does not take a mail.</summary>
internal sealed record SendGridErrors(IReadOnlyList<SendGridError>? Errors);

internal sealed record SendGridError(string? Message, string? Field);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendGridMail))]
[JsonSerializable(typeof(SendGridErrors))]
internal sealed partial class SendGridJson : JsonSerializerContext;
