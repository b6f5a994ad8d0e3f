namespace OnboardingPortal.Core.Platforms;

/// <summary>How the portal is registered at a platform, as far as a main user may see it.</summary>
/// <param name="Settings">What is configured, in the order of the form at the platform.</param>
/// <param name="Scopes">The permissions to enable for the app there; empty where the platform has none.</param>
/// <param name="ConsoleAddress">The platform's page where apps are registered; null where nothing needs to be registered.</param>
public sealed record PlatformSetup(IReadOnlyList<PlatformSetting> Settings, IReadOnlyList<string> Scopes, Uri? ConsoleAddress);

/// <summary>One configured value.</summary>
/// <param name="Name">The configuration's key, e.g. <c>Platforms:HubSpot:ClientId</c>.</param>
/// <param name="IsSet">Whether it has a value.</param>
/// <param name="Value">The value where it is public; null for a secret.</param>
public sealed record PlatformSetting(string Name, bool IsSet, string? Value)
{
    /// <summary>Whether the platform is available without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>A value that everybody at the platform's sign-in page sees.</summary>
    public static PlatformSetting Public(string section, string name, string value) => new($"{section}:{name}", value.Length > 0, value);

    /// <summary>A value that leaves the configuration towards the platform only.</summary>
    public static PlatformSetting Secret(string section, string name, string value) => new($"{section}:{name}", value.Length > 0, null);
}

/// <summary>What the platform says of the registration.</summary>
public enum PlatformSetupVerdict
{
    /// <summary>The platform accepts what is configured.</summary>
    Works,

    /// <summary>The platform does not know the app, or refuses its secret; some do not say which.</summary>
    SecretRefused,

    /// <summary>The platform does not return people to the portal's callback.</summary>
    RedirectNotRegistered,

    /// <summary>The platform did not answer, or has trouble.</summary>
    Unreachable,

    /// <summary>The answer was none of the documented ones.</summary>
    Unclear,

    /// <summary>There is nothing to check: the platform needs no registration.</summary>
    NothingToCheck,
}
