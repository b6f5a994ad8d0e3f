using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Api;

/// <summary>All there is about a request.</summary>
public sealed record RequestView
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands now.</summary>
    public required ApiRequestStatus Status { get; init; }

    /// <summary>The user who sent it.</summary>
    public required string RequesterId { get; init; }

    /// <summary>Their name when they did.</summary>
    public required string RequesterName { get; init; }

    /// <summary>What the client reads; Markdown.</summary>
    public required string Message { get; init; }

    /// <summary>Language of the client's pages and mails; null = their browser decides.</summary>
    public required string? Language { get; init; }

    /// <summary>The agency's Facebook user; null without facebook.</summary>
    public required string? FacebookUserId { get; init; }

    /// <summary>The Business Manager that receives access; null without facebook.</summary>
    public required string? BusinessManagerId { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was last mailed or its link first given out, UTC; null for a draft.</summary>
    public required DateTimeOffset? SentAt { get; init; }

    /// <summary>When its link dies, UTC; null for a draft.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a client first went on from the landing page, UTC.</summary>
    public required DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was completed, UTC.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Who completed it.</summary>
    public required string? CompletedBy { get; init; }

    /// <summary>Whom it was mailed to.</summary>
    public required IReadOnlyList<RecipientView> Recipients { get; init; }

    /// <summary>What was asked for, against what was granted.</summary>
    public required IReadOnlyList<ServiceView> Services { get; init; }

    /// <summary>What happened, newest first, at most 200.</summary>
    public required IReadOnlyList<TimelineView> Timeline { get; init; }
}

/// <summary>Somebody a request was mailed to.</summary>
public sealed record RecipientView
{
    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>When they were added, UTC.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>
    /// The newest mail to them. Queued: waits for its next attempt. Sent: the mail server took it. Dead: given up. Null: none was written.
    /// </summary>
    public required EmailState? Mail { get; init; }

    /// <summary>When the mail server took it, UTC.</summary>
    public required DateTimeOffset? MailedAt { get; init; }

    /// <summary>What became of it after that; null while nobody told.</summary>
    public required DeliveryState? Delivery { get; init; }

    /// <summary>When that happened, UTC.</summary>
    public required DateTimeOffset? DeliveryAt { get; init; }

    /// <summary>What the recipient's mail server said.</summary>
    public required string? DeliveryText { get; init; }

    /// <summary>When they asked not to be reminded, UTC.</summary>
    public required DateTimeOffset? RemindersStoppedAt { get; init; }
}

/// <summary>A service that a request asks for.</summary>
public sealed record ServiceView
{
    /// <summary>The service's key.</summary>
    public required string Service { get; init; }

    /// <summary>When the client said that they do not connect it, UTC.</summary>
    public required DateTimeOffset? DeclinedAt { get; init; }

    /// <summary>Why not.</summary>
    public required DeclineReason? DeclineReason { get; init; }

    /// <summary>Why not, in their own words.</summary>
    public required string? DeclineText { get; init; }

    /// <summary>The accounts that clients signed in to.</summary>
    public required IReadOnlyList<AccountView> Accounts { get; init; }
}

/// <summary>An account that a client signed in to.</summary>
public sealed record AccountView
{
    /// <summary>The account's id here.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name at the service.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its credentials work.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>Why they do not.</summary>
    public required PlatformFailureKind? Failure { get; init; }

    /// <summary>When it was connected, UTC.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When the service last accepted its credentials, UTC.</summary>
    public required DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>The ad accounts and Pages that were chosen to be shared; empty where the account itself is what is granted.</summary>
    public required IReadOnlyList<AssetView> Assets { get; init; }
}

/// <summary>An ad account or Page.</summary>
public sealed record AssetView
{
    /// <summary>The asset's id here.</summary>
    public required string Id { get; init; }

    /// <summary>Ad account or Page.</summary>
    public required AssetKind Kind { get; init; }

    /// <summary>The service's id.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The service's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>How far it is.</summary>
    public required AssetState State { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset? StateSince { get; init; }
}

/// <summary>Something that happened to a request.</summary>
public sealed record TimelineView
{
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>Who did it: the portal itself, a user of the agency, or a client.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>Their name; null when unknown. A call with a key has the user's name and the key's.</summary>
    public required string? Actor { get; init; }

    /// <summary>The service concerned.</summary>
    public required string? Service { get; init; }

    /// <summary>A name, address or number that completes it.</summary>
    public required string? Detail { get; init; }
}
