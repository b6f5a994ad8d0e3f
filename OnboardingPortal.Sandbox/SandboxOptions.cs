using OnboardingPortal.Sandbox.Facebook.Audiences;

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

    /// <summary>How much the app may call Facebook's Marketing API; <c>Sandbox:AdsTier</c>.</summary>
    public AdsTier AdsTier { get; set; }

    /// <summary>How long Facebook is busy after the last batch that replaces an audience; <c>Sandbox:ReplaceTakes</c>.</summary>
    public TimeSpan ReplaceTakes { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The size of one more list of people in every account that has lists, at most 100,000,000; 0 = none. <c>Sandbox:Contacts</c>.
    /// </summary>
    public int Contacts { get; set; }
}
