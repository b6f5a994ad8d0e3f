using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Api;

/// <summary>One page of what the agency can use.</summary>
public sealed record ConnectionListing
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ConnectionItem> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public required string? Next { get; init; }
}

/// <summary>An account authorised for data sync, or a shared ad account or Page. Never with credentials.</summary>
public sealed record ConnectionItem
{
    /// <summary>Its id here.</summary>
    public required string Id { get; init; }

    /// <summary>At which service.</summary>
    public required string Service { get; init; }

    /// <summary>Account: authorised for data sync. AdAccount, Page: shared with the agency's Business Manager.</summary>
    public required ConnectionKind Kind { get; init; }

    /// <summary>The service's id.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The service's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it can be used. Waiting: somebody must act, or the portal still asks. NeedsAttention: it does not work.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>Why it does not work, if known.</summary>
    public required PlatformFailureKind? Failure { get; init; }

    /// <summary>By the agency itself, or through a client's request.</summary>
    public required ConnectionManager ManagedBy { get; init; }

    /// <summary>The request it came through; null when the agency manages it itself.</summary>
    public required string? RequestId { get; init; }

    /// <summary>When it was connected or chosen, UTC.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When it was last seen to work, or its status last changed, UTC.</summary>
    public required DateTimeOffset? LastCheckedAt { get; init; }
}

/// <summary>Account: authorised for data sync. AdAccount, Page: shared with the agency's Business Manager.</summary>
public enum ConnectionKind
{
    Account,
    AdAccount,
    Page,
}

/// <summary>
/// Working: the agency can use it. Waiting: somebody must act, or the portal still asks. NeedsAttention: it does not work. Revoked: taken
/// back.
/// </summary>
public enum ConnectionStatus
{
    Working,
    Waiting,
    NeedsAttention,
    Revoked,
}

/// <summary>Agency: by the agency itself. Client: through a client's request.</summary>
public enum ConnectionManager
{
    Agency,
    Client,
}
