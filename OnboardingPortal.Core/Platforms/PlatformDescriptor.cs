namespace OnboardingPortal.Core.Platforms;

/// <summary>What a platform is to the rest of the portal.</summary>
/// <param name="Key">Its stable name.</param>
/// <param name="Name">Its name for people, e.g. <c>Facebook</c>; the same in every language.</param>
/// <param name="Grants">What it gives the agency, and so its step in the wizard.</param>
/// <param name="Connects">How an account is connected.</param>
public sealed record PlatformDescriptor(
    PlatformKey Key, string Name, PlatformGrants Grants, PlatformConnects Connects = PlatformConnects.BySignIn)
{
    /// <summary>The places to sign in at that the person chooses from; empty where there is one.</summary>
    public IReadOnlyList<LoginHost> LoginHosts { get; init; } = [];

    /// <summary>Whether revoking one sign-in ends all that the person granted to the portal, also through other requests.</summary>
    public bool RevokesWholePerson { get; init; }

    /// <summary>Whether its sign-in page refuses browsers that are part of another app.</summary>
    public bool RefusesEmbeddedBrowsers { get; init; }
}

/// <summary>How an account of a platform is connected.</summary>
public enum PlatformConnects
{
    /// <summary>By signing in at the platform; the client is an <see cref="ISignInPlatform"/>.</summary>
    BySignIn,

    /// <summary>By an address and a key from the account; the client is an <see cref="IKeyPlatform"/>.</summary>
    ByKey,
}

/// <summary>A place to sign in at.</summary>
/// <param name="Key">Its name in resources, e.g. <c>production</c>; what <see cref="ISignInPlatform.ReadLoginHost"/> is given.</param>
/// <param name="IsTyped">Whether the person types the host instead.</param>
public sealed record LoginHost(string Key, bool IsTyped = false);
