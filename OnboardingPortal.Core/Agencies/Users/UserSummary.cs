namespace OnboardingPortal.Core.Agencies;

/// <summary>A user of the agency, as main users see them.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The display name.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Role">What they may do.</param>
/// <param name="IsOwner">Whether the agency is theirs.</param>
/// <param name="DisabledAt">When they were disabled, UTC; null = may sign in.</param>
/// <param name="SeenAt">When they last used the portal, UTC, to a few minutes; null = never.</param>
/// <param name="HasSecondFactor">Whether they have an authenticator app or a passkey.</param>
public sealed record UserSummary(
    AgencyUserId Id, string Name, string Email, AgencyRole Role, bool IsOwner, DateTimeOffset? DisabledAt, DateTimeOffset? SeenAt,
    bool HasSecondFactor);
