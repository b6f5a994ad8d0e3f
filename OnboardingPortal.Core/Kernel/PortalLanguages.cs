namespace OnboardingPortal.Core.Kernel;

/// <summary>The languages of the portal.</summary>
public static class PortalLanguages
{
    /// <summary>Their two-letter codes; the first is the one that stands in for all others.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "de"];
}
