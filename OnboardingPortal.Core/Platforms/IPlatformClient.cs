namespace OnboardingPortal.Core.Platforms;

/// <summary>A platform that people connect by signing in there. One implementation a platform, in its own folder.</summary>
public interface IPlatformClient
{
    /// <summary>What the portal shows of the platform and which steps it takes part in.</summary>
    PlatformDescriptor Descriptor { get; }

    /// <summary>Whether the portal is registered at the platform: without it the platform is not available.</summary>
    bool IsConfigured { get; }

    /// <summary>The address of the platform's sign-in page for one attempt; relative in the sandbox.</summary>
    Uri AuthorizeAddress(AuthorizeCall call);

    /// <summary>Exchanges the code of the callback, finds out who signed in and what they granted.</summary>
    /// <param name="code">The code from the callback; usable once.</param>
    /// <param name="call">The same call that <see cref="AuthorizeAddress"/> was given.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The account and its credentials, or a <see cref="PlatformFailure"/>.</returns>
    Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken);
}

/// <summary>What a platform is to the rest of the portal.</summary>
/// <param name="Key">Its stable name.</param>
/// <param name="Name">Its name for people, e.g. <c>Facebook</c>; the same in every language.</param>
/// <param name="Grants">What it gives the agency, and so its step in the wizard.</param>
public sealed record PlatformDescriptor(PlatformKey Key, string Name, PlatformGrants Grants);

/// <summary>One way to a platform's sign-in page.</summary>
/// <param name="Purpose">Whose account is to be connected; decides what is asked for.</param>
/// <param name="State">The one-time value that the callback must bring back.</param>
/// <param name="RedirectAddress">The callback's absolute address, exactly as registered at the platform.</param>
/// <param name="AskAgain">Whether to ask again for what the person refused before.</param>
public sealed record AuthorizeCall(ConnectPurpose Purpose, string State, Uri RedirectAddress, bool AskAgain);

/// <summary>Whose account is connected. Stored by name.</summary>
public enum ConnectPurpose
{
    /// <summary>A client's, through a request.</summary>
    Client,

    /// <summary>The agency's own.</summary>
    Agency,
}

/// <summary>A completed sign-in.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Credentials">What the portal may act with.</param>
public sealed record PlatformSignIn(PlatformAccount Account, PlatformCredentials Credentials);
