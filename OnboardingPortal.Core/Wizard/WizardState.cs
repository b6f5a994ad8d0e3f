using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Wizard;

/// <summary>All that the wizard shows; what was done stands in the database, so that it can be shown again anywhere.</summary>
/// <param name="Request">The request.</param>
/// <param name="Status">As of now.</param>
/// <param name="AgencyName">Who asks.</param>
/// <param name="BusinessManagerName">The agency's business that receives assets; null without such a platform.</param>
/// <param name="BusinessManagerId">Its id at the platform, to be typed in by hand where sharing from here is refused.</param>
/// <param name="ParticipantName">Who is looking.</param>
/// <param name="Step">The step they are at.</param>
/// <param name="Steps">All steps.</param>
/// <param name="Platforms">What is asked for, with what the client said to it.</param>
/// <param name="Connections">Accounts connected so far, by any participant; removed ones left out.</param>
/// <param name="LastAttempt">How the last way to a platform ended; null when there is nothing to say.</param>
/// <param name="CompletedByName">Who completed the request; null before.</param>
/// <param name="CompletedByCaller">Whether it was the one who is looking.</param>
/// <param name="CompletedAt">When, UTC; null before.</param>
/// <param name="ExpiresAt">When the link dies, UTC.</param>
public sealed record WizardState(
    RequestId Request,
    RequestStatus Status,
    string AgencyName,
    string? BusinessManagerName,
    string? BusinessManagerId,
    string ParticipantName,
    PlatformGrants Step,
    IReadOnlyList<PlatformGrants> Steps,
    IReadOnlyList<WizardPlatform> Platforms,
    IReadOnlyList<WizardConnection> Connections,
    WizardAttempt? LastAttempt,
    string? CompletedByName,
    bool CompletedByCaller,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? ExpiresAt)
{
    /// <summary>Who reads questions: the person who asks, or the agency where clients do not read their name.</summary>
    public string RequesterName { get; init; } = AgencyName;

    /// <summary>Where answers to the one who is looking go.</summary>
    public string ParticipantEmail { get; init; } = "";

    /// <summary>When the one who is looking said that they are done and leave the rest to others, UTC; null while they did not.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Whether a colleague could still do something: a platform is neither connected nor declined.</summary>
    public bool IsOpen => Platforms.Any(p => p.Standing == PlatformStanding.Open);

    /// <summary>The accounts connected at one platform.</summary>
    public IEnumerable<WizardConnection> ConnectionsOf(PlatformKey platform) => Connections.Where(c => c.Platform == platform);

    /// <summary>Whether something of the step was connected or declined; otherwise leaving it asks first.</summary>
    public bool IsAnswered(PlatformGrants step) => Platforms.Where(p => p.Grants == step)
        .Any(p => p.Declined || ConnectionsOf(p.Key).Any(c => step == PlatformGrants.Account || c.Assets.Count > 0));
}

/// <summary>A platform that is asked for.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Grants">Its step.</param>
/// <param name="Standing">How far it is, no matter who did it.</param>
/// <param name="DeclineReason">Why the client does not connect it; null while they did not say so.</param>
/// <param name="DeclineText">Why in their own words; hostile text, null = they said no more.</param>
public sealed record WizardPlatform(
    PlatformKey Key, string Name, PlatformGrants Grants, PlatformStanding Standing, DeclineReason? DeclineReason = null,
    string? DeclineText = null)
{
    /// <summary>Whether the client does not connect it.</summary>
    public bool Declined => DeclineReason is not null;
}

/// <summary>An account that a participant connected.</summary>
/// <param name="Id">The account.</param>
/// <param name="Platform">The platform it is at.</param>
/// <param name="Name">The account's name; hostile text.</param>
/// <param name="Detail">What tells accounts of one name apart; null when the platform gives none.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Mine">Whether the one who is looking signed in to it: only then can they change it.</param>
/// <param name="ByName">Who did; hostile text.</param>
/// <param name="SignedInAt">When the sign-in was last made or found good, UTC; the latest is the one that goes on.</param>
/// <param name="SignInLives">Whether the sign-in can still be used to choose and share assets.</param>
/// <param name="BusinessId">The business whose assets were chosen last; null before.</param>
/// <param name="Assets">What was chosen, in the order of choosing.</param>
public sealed record WizardConnection(
    ConnectionId Id, PlatformKey Platform, string Name, string? Detail, ConnectionState State, bool Mine, string ByName,
    DateTimeOffset SignedInAt, bool SignInLives, string? BusinessId, IReadOnlyList<WizardAsset> Assets);

/// <summary>An asset that was chosen.</summary>
/// <param name="Id">The asset.</param>
/// <param name="Kind">Ad account or Page.</param>
/// <param name="ExternalId">The platform's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="State">How far it is.</param>
/// <param name="Failure">Why it failed or waits; null when there is nothing to say.</param>
/// <param name="FailureText">The platform's own words; hostile text, null when it gave none.</param>
/// <param name="Way">By which way it comes; null before any was tried.</param>
public sealed record WizardAsset(
    AssetId Id, AssetKind Kind, string ExternalId, string Name, AssetState State, PlatformFailureKind? Failure, string? FailureText,
    AssetWay? Way = null)
{
    /// <summary>Whether the agency has asked the platform for it, and somebody at the client must accept.</summary>
    public bool AwaitsAcceptance => this is { State: AssetState.AwaitingClient, Way: AssetWay.Request };
}

/// <summary>How a way to a platform ended.</summary>
/// <param name="Id">The way.</param>
/// <param name="Platform">The platform it led to.</param>
/// <param name="Failure">Why it did not work; null when it did.</param>
/// <param name="Connection">What it connected; null when it did not work.</param>
public sealed record WizardAttempt(ConnectAttemptId Id, PlatformKey Platform, PlatformFailureKind? Failure, ConnectionId? Connection);
