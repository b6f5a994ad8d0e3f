using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Salesforce: sign-in at the organisation's own place, and the person who signed in.</summary>
/// <seealso href="https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_web_server_flow_ca.htm" />
public sealed class SalesforceClient(
    HttpClient http, IOptions<SalesforceOptions> options, PlatformTransport transport, PortalAddress portal,
    TimeProvider clock) : ISignInPlatform
{
    private static readonly PlatformDescriptor Salesforce = new(SalesforceDefaults.Key, "Salesforce", PlatformGrants.Account)
    {
        LoginHosts = [new LoginHost("production"), new LoginHost("sandbox"), new LoginHost("mydomain", IsTyped: true)],
    };

    private readonly SalesforceOptions _options = options.Value;

    /// <inheritdoc />
    public PlatformDescriptor Descriptor => Salesforce;

    /// <inheritdoc />
    public bool IsConfigured => _options is { ClientId.Length: > 0, ClientSecret.Length: > 0 };

    /// <inheritdoc />
    public PlatformSetup Setup => new(
        [
            PlatformSetting.Public(SalesforceOptions.Section, nameof(SalesforceOptions.ClientId), _options.ClientId),
            PlatformSetting.Secret(SalesforceOptions.Section, nameof(SalesforceOptions.ClientSecret), _options.ClientSecret),
        ],
        SalesforceDefaults.Scopes, SalesforceDefaults.ConsoleAddress);

    private OAuthDialect Tokens => new(SalesforceDefaults.Key, ReadRefusal);

    /// <inheritdoc />
    public Uri AuthorizeAddress(AuthorizeCall call)
    {
        var login = _options.LoginAddress.IsAbsoluteUri ? LoginAt(call.LoginHost).AbsoluteUri : _options.LoginAddress.OriginalString;
        return new Uri(QueryHelpers.AddQueryString($"{login}services/oauth2/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = _options.ClientId,
            ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
            ["scope"] = string.Join(' ', SalesforceDefaults.Scopes),
            ["state"] = call.State,
            ["code_challenge"] = OAuthTokens.Challenge(call.CodeVerifier),
            ["code_challenge_method"] = "S256",
        }), UriKind.RelativeOrAbsolute);
    }

    /// <summary>Production, a sandbox, or the organisation's own place, of which any address may be typed that people see there.</summary>
    public Result<string?> ReadLoginHost(string? typed) => typed switch
    {
        null or "production" => default(string),
        "sandbox" => SalesforceDefaults.SandboxHost,
        _ => SalesforceHost.Read(typed),
    };

    /// <inheritdoc />
    public PlatformFailureKind ReadRefusal(string error, string? description) =>
        SalesforceDialect.IsBlockedApp(error, description) ? PlatformFailureKind.PolicyBlocked : OAuthErrors.KindOf(error, description);

    /// <inheritdoc />
    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken)
    {
        var form = App();
        form["redirect_uri"] = redirectAddress.AbsoluteUri;
        return transport.TryAsync(http, SalesforceDefaults.Key, new Uri(LoginAt(null), "services/oauth2/token"), form, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken)
    {
        var login = LoginAt(call.LoginHost);
        var form = App();
        form["grant_type"] = "authorization_code";
        form["code"] = code;
        form["code_verifier"] = call.CodeVerifier;
        form["redirect_uri"] = call.RedirectAddress.AbsoluteUri;
        var token = await transport.PostAsync(http, Tokens, new Uri(login, "services/oauth2/token"), form, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var granted = token.Value.Granted ?? SalesforceDefaults.Scopes;
        if (token.Value.RefreshToken is not { Length: > 0 } || !SalesforceDefaults.NeededScopes.All(granted.Contains))
            return Failure(PlatformFailureKind.Incomplete);
        if (Trusted(token.Value.InstanceUrl + "/") is not { } instance || Trusted(token.Value.Id) is not { } identity)
            return Failure(PlatformFailureKind.Nonsense);

        var kept = new PlatformCredentials("", null, null, portal.ToKeep(instance), portal.ToKeep(login), portal.ToKeep(identity));
        return await this.FindAccountAsync(token.Value.Renew(kept, clock.GetUtcNow()), granted, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        if (Trusted(credentials.IdentityAddress) is not { } address) return Failure(PlatformFailureKind.AuthExpired);
        var identity = await transport.SendAsync(
            // calls are counted by organisation
            new PlatformCall(http, SalesforceDialect.Instance, Repeats: true, credentials.ApiAddress?.OriginalString ?? ""),
            () => OAuthTokens.Get(address, credentials.AccessToken), SalesforceJson.Default.SalesforceIdentity, cancellationToken);
        if (!identity.Succeeded) return identity.Error;
        if (identity.Value is not { OrganizationId: { Length: > 0 } organization, UserId: { Length: > 0 } user })
            return Failure(PlatformFailureKind.Nonsense);
        var userName = identity.Value.UserName is { Length: > 0 } name ? name : user;
        return new PlatformAccount(
            $"{organization}/{user}", identity.Value.DisplayName is { Length: > 0 } shown ? shown : userName, userName);
    }

    /// <summary>Renews at the place where the person signed in; the organisation may have moved to another instance meanwhile.</summary>
    public async Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        if (Trusted(credentials.LoginAddress) is not { } login || credentials.RefreshToken is null)
            return Failure(PlatformFailureKind.AuthExpired);
        var form = App();
        form["grant_type"] = "refresh_token";
        form["refresh_token"] = credentials.RefreshToken;
        var token = await transport.PostAsync(http, Tokens, new Uri(login, "services/oauth2/token"), form, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var renewed = token.Value.Renew(credentials, clock.GetUtcNow());
        if (token.Value.InstanceUrl is null) return renewed;
        return Trusted(token.Value.InstanceUrl + "/") is { } instance
            ? renewed with { ApiAddress = portal.ToKeep(instance) }
            : Failure(PlatformFailureKind.Nonsense);
    }

    /// <summary>Revokes the refresh token, and with it the access tokens made of it.</summary>
    /// <seealso href="https://developer.salesforce.com/docs/platform/mobile-sdk/guide/oauth-revoking-tokens.html" />
    public async Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        if (Trusted(credentials.ApiAddress) is not { } instance) return false;
        var form = new Dictionary<string, string> { ["token"] = credentials.RefreshToken ?? credentials.AccessToken };
        return await transport.RevokeAsync(http, Tokens, new Uri(instance, "services/oauth2/revoke"), form, cancellationToken);
    }

    /// <summary>An address within the organisation's data; null where the credentials name no place that tokens may be sent to.</summary>
    internal Uri? DataAddress(PlatformCredentials credentials, string path) =>
        Trusted(credentials.ApiAddress) is { } instance ? new Uri(instance, $"services/data/{_options.ApiVersion}/{path}") : null;

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(SalesforceDefaults.Key, kind);

    private Dictionary<string, string> App() => new() { ["client_id"] = _options.ClientId, ["client_secret"] = _options.ClientSecret };

    private Uri LoginAt(string? host) =>
        host is null || !_options.LoginAddress.IsAbsoluteUri ? portal.Resolve(_options.LoginAddress) : new Uri($"https://{host}/");

    private Uri? Trusted(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? Trusted(uri) : null;

    /// <summary>
    /// The address, if it is one that tokens may be sent to: Salesforce's, or the stand-in's while that is used; null otherwise.
    /// </summary>
    private Uri? Trusted(Uri? address)
    {
        if (address is null) return null;
        var uri = portal.Resolve(address);
        if (!_options.LoginAddress.IsAbsoluteUri) return LoginAt(null).IsBaseOf(uri) ? uri : null;
        var isSalesforce = SalesforceHost.IsPlainHttps(uri)
            && SalesforceDefaults.HostEndings.Any(e => uri.Host.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        return isSalesforce || _options.LoginAddress.IsBaseOf(uri) ? uri : null;
    }
}
