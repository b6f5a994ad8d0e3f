using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Sandbox;

/// <summary>Which platforms are rehearsed and which are real.</summary>
public static class SandboxSwitch
{
    /// <summary>A platform's own <c>Platforms:{section}:Sandbox</c> decides; without one, <c>Platforms:Sandbox</c> does.</summary>
    public static bool IsOn(IConfiguration configuration, string section) =>
        configuration.GetValue<bool?>($"{PlatformsOptions.Section}:{section}:{nameof(PlatformsOptions.Sandbox)}")
            ?? configuration.GetValue<bool>($"{PlatformsOptions.Section}:{nameof(PlatformsOptions.Sandbox)}");
}
