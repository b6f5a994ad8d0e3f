namespace OnboardingPortal.App.Sandbox;

/// <summary>The two settings of the section <c>Portal</c> that the sandbox needs.</summary>
public sealed class SandboxOptions
{
    /// <summary>Where <c>sandbox.json</c> is kept; a relative path starts at the content root.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The portal's own address where it differs from the one it listens on; redirects may go there too.</summary>
    public string? PublicUrl { get; set; }
}
