namespace OnboardingPortal.Core.Kernel;

/// <summary>Who did something.</summary>
/// <param name="Kind">Which kind of id <paramref name="Id"/> is.</param>
/// <param name="Id">The agency user's or participant's id; 0 for the system and for visitors not yet known.</param>
/// <param name="Name">As shown in timelines; empty when unknown.</param>
/// <param name="Address">The network address it came from; null when unknown or none.</param>
public sealed record Actor(ActorKind Kind, long Id, string Name, string? Address)
{
    /// <summary>The most UTF-16 code units of <see cref="Name"/>.</summary>
    public const int NameMaxLength = 120;

    /// <summary>The portal itself: jobs and callbacks nobody waits for.</summary>
    public static Actor System { get; } = new(ActorKind.System, 0, "", null);

    /// <summary>Somebody who holds a link and has not said who they are.</summary>
    public static Actor Visitor(string? address) => new(ActorKind.Participant, 0, "", address);
}

/// <summary>Kinds of people and things that act.</summary>
public enum ActorKind
{
    /// <summary>The portal itself.</summary>
    System,

    /// <summary>A signed-in agency user.</summary>
    AgencyUser,

    /// <summary>A client who opened a link.</summary>
    Participant,
}
