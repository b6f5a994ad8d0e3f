using Microsoft.AspNetCore.WebUtilities;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>What signing in with Google is for each of its platforms.</summary>
/// <seealso href="https://developers.google.com/identity/protocols/oauth2/web-server" />
public abstract class GoogleClient : ISignInPlatform
{
    private readonly GoogleOptions _options;
    private readonly string _needed;
    private readonly PortalAddress _portal;
    private readonly TimeProvider _clock;

    private protected GoogleClient(
        HttpClient http, GoogleOptions options, PlatformDescriptor descriptor, string needed, PlatformTransport transport,
        PortalAddress portal, TimeProvider clock)
    {
        Http = http;
        _options = options;
        Descriptor = descriptor;
        _needed = needed;
        Transport = transport;
        _portal = portal;
        _clock = clock;
        Dialect = new GoogleDialect(descriptor.Key);
    }

    /// <inheritdoc />
    public PlatformDescriptor Descriptor { get; }

    /// <inheritdoc />
    public virtual bool IsConfigured => _options is { ClientId.Length: > 0, ClientSecret.Length: > 0 };

    /// <inheritdoc />
    public abstract PlatformSetup Setup { get; }

    private protected HttpClient Http { get; }

    private protected PlatformTransport Transport { get; }

    private protected GoogleDialect Dialect { get; }

    private protected IReadOnlyList<string> Scopes => [.. GoogleDefaults.PersonScopes, _needed];

    private OAuthDialect Tokens => new(Descriptor.Key, ReadRefusal);

    private Uri TokenAddress => new(Resolve(_options.TokenAddress), "token");

    /// <summary>
    /// The sign-in page, asked for a refresh token each time: without <c>prompt=consent</c> Google gives one the first time only. Scopes
    /// that were granted before are not included: a token should reach what it is for, and Google's platforms may share one app.
    /// </summary>
    public Uri AuthorizeAddress(AuthorizeCall call) =>
        new(QueryHelpers.AddQueryString($"{_options.AuthorizeAddress.OriginalString}o/oauth2/v2/auth", new Dictionary<string, string?>
        {
            ["client_id"] = _options.ClientId,
            ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
            ["response_type"] = "code",
            ["scope"] = string.Join(' ', Scopes),
            ["state"] = call.State,
            ["access_type"] = "offline",
            ["prompt"] = "consent",
            ["code_challenge"] = OAuthTokens.Challenge(call.CodeVerifier),
            ["code_challenge_method"] = "S256",
        }), UriKind.RelativeOrAbsolute);

    /// <summary>An organisation's administrator may forbid apps, and an app may be for one organisation only.</summary>
    public PlatformFailureKind ReadRefusal(string error, string? description) =>
        error is "admin_policy_enforced" or "org_internal" ? PlatformFailureKind.PolicyBlocked : OAuthErrors.KindOf(error, description);

    /// <inheritdoc />
    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken)
    {
        var form = App();
        form["redirect_uri"] = redirectAddress.AbsoluteUri;
        return Transport.TryAsync(Http, Descriptor.Key, TokenAddress, form, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken)
    {
        var form = App();
        form["grant_type"] = "authorization_code";
        form["code"] = code;
        form["code_verifier"] = call.CodeVerifier;
        form["redirect_uri"] = call.RedirectAddress.AbsoluteUri;
        var token = await Transport.PostAsync(Http, Tokens, TokenAddress, form, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var granted = token.Value.Granted ?? Scopes;
        // Without a refresh token the account would be lost after an hour.
        if (token.Value.RefreshToken is not { Length: > 0 } || !granted.Contains(_needed)) return Failure(PlatformFailureKind.Incomplete);

        var credentials = token.Value.Renew(new PlatformCredentials("", null, null, null), _clock.GetUtcNow());
        return await this.FindAccountAsync(credentials, granted, cancellationToken);
    }

    /// <inheritdoc />
    public virtual async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var address = new Uri(Resolve(_options.UserInfoAddress), "v1/userinfo");
        var person = await Transport.SendAsync(
            Reading(credentials), () => OAuthTokens.Get(address, credentials.AccessToken), GoogleJson.Default.GooglePerson,
            cancellationToken);
        if (!person.Succeeded) return person.Error;
        if (person.Value.Sub is not { Length: > 0 } id) return Failure(PlatformFailureKind.Nonsense);
        return new PlatformAccount(id, person.Value.Name is { Length: > 0 } name ? name : person.Value.Email ?? id, person.Value.Email);
    }

    /// <inheritdoc />
    public async Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.RefreshToken is null) return Failure(PlatformFailureKind.AuthExpired);
        var form = App();
        form["grant_type"] = "refresh_token";
        form["refresh_token"] = credentials.RefreshToken;
        var token = await Transport.PostAsync(Http, Tokens, TokenAddress, form, cancellationToken);
        return token.Succeeded ? token.Value.Renew(credentials, _clock.GetUtcNow()) : token.Error;
    }

    /// <summary>Takes back all that the person granted to the app, through whichever of Google's platforms.</summary>
    public Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["token"] = credentials.RefreshToken ?? credentials.AccessToken };
        return Transport.RevokeAsync(Http, Tokens, new Uri(Resolve(_options.TokenAddress), "revoke"), form, cancellationToken);
    }

    /// <summary>The call of a read, which Google counts by the person.</summary>
    private protected PlatformCall Reading(PlatformCredentials credentials) =>
        new(Http, Dialect, Repeats: true, credentials.RefreshToken ?? credentials.AccessToken);

    private protected PlatformFailure Failure(PlatformFailureKind kind) => new(Descriptor.Key, kind);

    private protected Uri Resolve(Uri address) => _portal.Resolve(address);

    private Dictionary<string, string> App() => new() { ["client_id"] = _options.ClientId, ["client_secret"] = _options.ClientSecret };
}
