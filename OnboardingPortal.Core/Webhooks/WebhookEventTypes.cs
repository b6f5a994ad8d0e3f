using System.Collections.Frozen;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// The types of events that endpoints hear of. What is noted in the audit trail and stands in the table here is an event; nothing else is.
/// </summary>
public static class WebhookEventTypes
{
    /// <summary>The type of an event that a main user sends to try an endpoint; no subscription to it is needed.</summary>
    public const string Test = "test.event";

    // The order is that of the settings page.
    private static readonly (AuditKind Kind, WebhookEventType Event)[] Table =
    [
        (AuditKind.RequestCreated, new("request.created")),
        (AuditKind.RequestSent, new("request.sent", WebhookDetail.Recipient)),
        (AuditKind.LinkOpened, new("request.opened")),
        (AuditKind.RequestViewed, new("request.viewed")),
        (AuditKind.RequestCompleted, new("request.completed")),
        (AuditKind.RequestExpired, new("request.expired")),
        (AuditKind.RequestDeleted, new("request.deleted")),
        (AuditKind.EmailDelivered, new("email.delivered", WebhookDetail.Recipient)),
        (AuditKind.EmailBounced, new("email.bounced", WebhookDetail.Recipient, "bounced")),
        (AuditKind.EmailDropped, new("email.bounced", WebhookDetail.Recipient, "dropped")),
        (AuditKind.EmailFailed, new("email.bounced", WebhookDetail.Recipient, "failed")),
        (AuditKind.SignedIn, new("connection.connected", WebhookDetail.Account)),
        (AuditKind.AccountConnected, new("connection.connected", WebhookDetail.Account)),
        (AuditKind.SignInFailed, new("connection.failed", WebhookDetail.Reason)),
        (AuditKind.AccountLost, new("connection.lost", WebhookDetail.Account)),
        (AuditKind.AssetShared, new("asset.shared", WebhookDetail.Asset)),
        (AuditKind.AssetFailed, new("asset.failed", WebhookDetail.Asset)),
        (AuditKind.SyncCompleted, new("sync.completed", WebhookDetail.List)),
        (AuditKind.SyncFailed, new("sync.failed", WebhookDetail.List)),
        (AuditKind.AudienceReady, new("audience.ready", WebhookDetail.List)),
        (AuditKind.QuestionAsked, new("question.asked")), // not what was asked: that stays in the portal
    ];

    private static readonly FrozenDictionary<AuditKind, WebhookEventType> OfKind = Table.ToFrozenDictionary(
        row => row.Kind, row => row.Event);

    /// <summary>The types an endpoint can choose from, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Event.Name).Distinct()];

    /// <summary>The event that an audit entry of this kind is; null when it is none.</summary>
    internal static WebhookEventType? Find(AuditKind kind) => OfKind.GetValueOrDefault(kind);
}

/// <summary>A type of events.</summary>
/// <param name="Name">As receivers read it: parts of letters and dots.</param>
/// <param name="Detail">What the audit entry's detail is in the event.</param>
/// <param name="Reason">Tells kinds of one type apart; null where there is one kind.</param>
internal sealed record WebhookEventType(string Name, WebhookDetail Detail = WebhookDetail.None, string? Reason = null);

/// <summary>What an audit entry's detail is in the event.</summary>
internal enum WebhookDetail
{
    /// <summary>Nothing, or nothing for others.</summary>
    None,

    /// <summary>The address of a recipient.</summary>
    Recipient,

    /// <summary>The name of an account at a platform.</summary>
    Account,

    /// <summary>The name of an ad account or Page.</summary>
    Asset,

    /// <summary>The name of a list of people.</summary>
    List,

    /// <summary>The name of a reason.</summary>
    Reason,
}
