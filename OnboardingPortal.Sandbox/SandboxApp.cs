namespace OnboardingPortal.Sandbox;

/// <summary>
/// What the stand-in platforms know this portal as. Each of them has such a class for what it issued to the portal. None of it is
/// secret: it opens nothing but the sandbox, and stands in the places where a real installation has what the platforms gave it.
/// </summary>
public static class SandboxApp
{
    /// <summary>The application's name on the consent pages.</summary>
    public const string Name = "OnboardingPortal";
}
