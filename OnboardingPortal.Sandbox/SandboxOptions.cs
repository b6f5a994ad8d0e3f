namespace OnboardingPortal.Sandbox;

/// <summary>What the sandbox needs of the section <c>Portal</c>, and its own section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>Where <c>sandbox.json</c> is kept; a relative path starts at the content root.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The portal's own address where it differs from the one it listens on; redirects may go there too.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long a stand-in takes for an answer that shows slowness; <c>Sandbox:SlowAnswer</c>.</summary>
    public TimeSpan SlowAnswer { get; set; } = TimeSpan.FromSeconds(3);
}
