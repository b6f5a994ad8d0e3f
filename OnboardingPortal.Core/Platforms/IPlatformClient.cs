namespace OnboardingPortal.Core.Platforms;

/// <summary>A platform whose accounts people connect. One implementation a platform, in its own folder.</summary>
public interface IPlatformClient
{
    /// <summary>What the portal shows of the platform and which steps it takes part in.</summary>
    PlatformDescriptor Descriptor { get; }

    /// <summary>Whether the portal is registered at the platform: without it the platform is not available.</summary>
    bool IsConfigured { get; }

    /// <summary>What the operator configures, for the main user's setup page; never a secret itself.</summary>
    PlatformSetup Setup { get; }

    /// <summary>Asks the platform whether it knows this portal as it is configured. Only called when <see cref="IsConfigured"/>.</summary>
    /// <param name="redirectAddress">The callback that should be registered there.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken);

    /// <summary>Asks the platform whose account the credentials open: the check that they still work.</summary>
    /// <returns>The account or a <see cref="PlatformFailure"/>.</returns>
    Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Renews the credentials. Only called where <see cref="PlatformCredentials.CanRefresh"/>.</summary>
    /// <returns>The new credentials, which replace the old ones whole, or a <see cref="PlatformFailure"/>.</returns>
    Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Takes the portal's access back at the platform.</summary>
    /// <returns>Whether the platform took it back: false where it offers no way, and the person must do it there. Or a
    /// <see cref="PlatformFailure"/>.</returns>
    Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken);
}

/// <summary>A platform that people connect by signing in there.</summary>
public interface ISignInPlatform : IPlatformClient
{
    /// <summary>The address of the platform's sign-in page for one attempt; relative in the sandbox.</summary>
    Uri AuthorizeAddress(AuthorizeCall call);

    /// <summary>Exchanges the code of the callback, finds out who signed in and what they granted.</summary>
    /// <param name="code">The code from the callback; usable once.</param>
    /// <param name="call">The same call that <see cref="AuthorizeAddress"/> was given.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The account and its credentials, or a <see cref="PlatformFailure"/>.</returns>
    Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken);

    /// <summary>What the error of a callback means; the platform's own codes beside those that all share.</summary>
    /// <param name="error">The callback's <c>error</c>; hostile text.</param>
    /// <param name="description">Its <c>error_description</c>; hostile text, never shown, null when there is none.</param>
    PlatformFailureKind ReadRefusal(string error, string? description) => OAuthErrors.KindOf(error, description);

    /// <summary>Reads which host the person wants to sign in at, where the platform has several.</summary>
    /// <param name="typed">A key of <see cref="PlatformDescriptor.LoginHosts"/> or what was typed; null when nothing was chosen.</param>
    /// <returns>The host for <see cref="AuthorizeCall.LoginHost"/>, null where the platform has one only, or
    /// <see cref="LoginHostRefused"/>.</returns>
    Result<string?> ReadLoginHost(string? typed) => default(string);
}

/// <summary>A platform that people connect with an address and a key, copied from their account there.</summary>
public interface IKeyPlatform : IPlatformClient
{
    /// <summary>Checks what was typed, and whose account it opens.</summary>
    /// <param name="address">The account's API address as typed; hostile text.</param>
    /// <param name="key">The key as typed.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The account and its credentials, a <see cref="PlatformAddressRefused"/> or a <see cref="PlatformFailure"/>.</returns>
    Task<Result<PlatformSignIn>> ConnectAsync(string address, string key, CancellationToken cancellationToken);
}

/// <summary>One way to a platform's sign-in page.</summary>
/// <param name="Purpose">Whose account is to be connected; decides what is asked for.</param>
/// <param name="State">The one-time value that the callback must bring back.</param>
/// <param name="RedirectAddress">The callback's absolute address, exactly as registered at the platform.</param>
/// <param name="AskAgain">Whether to ask again for what the person refused before.</param>
/// <param name="CodeVerifier">The PKCE verifier: 43 characters that only the starting browser can bring back.</param>
/// <param name="LoginHost">Where to sign in, as <see cref="ISignInPlatform.ReadLoginHost"/> read it; null = the platform's one
/// place.</param>
public sealed record AuthorizeCall(
    ConnectPurpose Purpose, string State, Uri RedirectAddress, bool AskAgain = false, string CodeVerifier = "", string? LoginHost = null);

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
/// <param name="Scopes">What was granted, in the platform's words, separated by spaces; null where it has none.</param>
public sealed record PlatformSignIn(PlatformAccount Account, PlatformCredentials Credentials, string? Scopes = null);
