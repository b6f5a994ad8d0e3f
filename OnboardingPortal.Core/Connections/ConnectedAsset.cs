using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Connections;

/// <summary>An ad account or Page that a client chose to share with the agency.</summary>
public sealed class ConnectedAsset : IAgencyOwned
{
    /// <summary>The most UTF-16 code units kept of a name; longer names are cut.</summary>
    public const int NameMaxLength = 300;

    /// <summary>The most UTF-16 code units kept of <see cref="FailureText"/>; longer text is cut.</summary>
    public const int FailureTextMaxLength = 500;

    /// <summary>How long the portal asks the platform whether somebody acted, counted from the share.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(14);

    /// <summary>How long a share may take that was begun; afterwards somebody else goes on.</summary>
    internal static readonly TimeSpan SharingClaim = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private ConnectedAsset()
    {
    }

    internal ConnectedAsset(AssetId id, PlatformConnection connection, AssetChoice choice, DateTimeOffset now)
    {
        Id = id;
        AgencyId = connection.AgencyId;
        ConnectionId = connection.Id;
        Kind = choice.Kind;
        ExternalId = choice.ExternalId;
        SelectedAt = now;
        Name = ForeignText.Fit(choice.Name, NameMaxLength);
        NextCheckAt = now + SharingClaim;
    }

    /// <summary>The asset's id here.</summary>
    public AssetId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The client's sign-in that shares it.</summary>
    public ConnectionId ConnectionId { get; private set; }

    /// <summary>Ad account or Page.</summary>
    public AssetKind Kind { get; private set; }

    /// <summary>The platform's id, e.g. <c>act_1234567890</c>.</summary>
    public string ExternalId { get; private set; } = "";

    /// <summary>The platform's name for it; hostile text.</summary>
    public string Name { get; private set; } = "";

    /// <summary>How far it is.</summary>
    public AssetState State { get; private set; } = AssetState.Selected;

    /// <summary>Why it failed or waits; null while there is nothing to say.</summary>
    public PlatformFailureKind? Failure { get; private set; }

    /// <summary>The platform's own words for people about the failure; hostile text, null when it gave none.</summary>
    public string? FailureText { get; private set; }

    /// <summary>By which way it comes; null before any was tried.</summary>
    public AssetWay? Way { get; private set; }

    /// <summary>When the agency's own user was given their tasks on it, UTC; null before.</summary>
    public DateTimeOffset? AssignedAt { get; private set; }

    /// <summary>Why the agency's own user has no tasks on it yet; null when they have, or nobody has tried.</summary>
    public PlatformFailureKind? AssignmentFailure { get; private set; }

    /// <summary>
    /// What the agency's business should be allowed to do with it and is not, in the platform's words, separated by spaces; null when
    /// nothing is missing.
    /// </summary>
    public string? MissingTasks { get; private set; }

    /// <summary>When the client chose it, UTC.</summary>
    public DateTimeOffset SelectedAt { get; private set; }

    /// <summary>When <see cref="State"/> last changed, UTC; null while selected.</summary>
    public DateTimeOffset? StateSince { get; private set; }

    /// <summary>When the portal asks the platform again, or goes on with what was chosen, UTC; null when it will not.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    /// <summary>How often it asked since the state last changed.</summary>
    public int Checks { get; private set; }

    internal void Select(DateTimeOffset now)
    {
        State = AssetState.Selected;
        SelectedAt = now;
        Failure = null;
        FailureText = null;
        StateSince = null;
        NextCheckAt = now + SharingClaim;
        Checks = 0;
        Way = null;
        AssignedAt = null;
        AssignmentFailure = null;
        MissingTasks = null;
    }

    internal void Become(AssetState state, DateTimeOffset now, PlatformFailure? failure = null, AssetWay? way = null)
    {
        Way = way ?? Way;
        if (state == State && failure?.Kind == Failure) return;
        State = state;
        StateSince = now;
        Failure = failure?.Kind;
        FailureText = failure?.UserText is { } words ? ForeignText.Fit(words, FailureTextMaxLength) : null;
        // shared: the agency's user comes next
        Checks = 0;
        NextCheckAt = state.IsWaiting ? now + Waits[0] : state == AssetState.Shared ? now : null;
    }

    /// <summary>What a look at what the agency has makes of an asset.</summary>
    /// <param name="state">How far it was.</param>
    /// <param name="since">Since when, UTC; null = not known.</param>
    /// <param name="isListed">Whether the agency has it.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>Its new state; null when it stays.</returns>
    internal static AssetState? FoundAs(AssetState state, DateTimeOffset? since, bool isListed, DateTimeOffset now)
    {
        if (isListed) return state == AssetState.Shared ? null : AssetState.Shared;
        return state switch
        {
            AssetState.Shared => AssetState.Lost,
            AssetState.Lost when now - (since ?? now) >= LongestWait => AssetState.Revoked,
            _ => null,
        };
    }

    /// <summary>
    /// Notes how assigning the agency's own user went. What is not as it should be is tried again as long and as often as a share is looked
    /// for.
    /// </summary>
    /// <param name="failure">Why the user has no tasks; null when they have.</param>
    /// <param name="missingTasks">What the business itself may not do; null when nothing is missing.</param>
    /// <param name="now">Now, UTC.</param>
    internal void NoteAssignment(PlatformFailureKind? failure, string? missingTasks, DateTimeOffset now)
    {
        AssignmentFailure = failure;
        MissingTasks = missingTasks;
        AssignedAt = failure is null ? AssignedAt ?? now : null;
        NextCheckAt = failure is null && missingTasks is null ? null : NextLook(now, StateSince ?? now);
        Checks++;
    }

    /// <summary>
    /// Notes that the platform was asked and nothing had changed: again after 15 s, 1 min, 5 min, then hourly for 14 days.
    /// </summary>
    internal void StillWaiting(DateTimeOffset now)
    {
        Checks++;
        NextCheckAt = NextLook(now, SelectedAt);
    }

    private DateTimeOffset? NextLook(DateTimeOffset now, DateTimeOffset since)
    {
        var next = now + (Checks < Waits.Length ? Waits[Checks] : TimeSpan.FromHours(1));
        return next - since <= LongestWait ? next : null;
    }
}
