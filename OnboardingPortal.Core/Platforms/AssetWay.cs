namespace OnboardingPortal.Core.Platforms;

/// <summary>
/// By which way an asset comes to the agency: the next is tried where the platform refuses the one before. Stored by name.
/// </summary>
public enum AssetWay
{
    /// <summary>The client's admin shares it from here.</summary>
    Share,

    /// <summary>The agency asks for it, and somebody at the client accepts at the platform.</summary>
    Request,

    /// <summary>The client gives access by hand at the platform.</summary>
    ByHand,
}
