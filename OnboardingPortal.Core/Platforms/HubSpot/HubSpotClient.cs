using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>HubSpot: sign-in by its dated OAuth API, and the account that was signed in to.</summary>
/// <seealso href="https://developers.hubspot.com/docs/api-reference/latest/authentication/oauth-tokens/token-introspect" />
public sealed class HubSpotClient(
    HttpClient http, IOptions<HubSpotOptions> options, PlatformTransport transport, PortalAddress portal,
    TimeProvider clock) : ISignInPlatform
{
    private static readonly PlatformDescriptor HubSpot =
        new(HubSpotDefaults.Key, "HubSpot", PlatformGrants.Account) { RevokesWholePerson = true };
    private readonly HubSpotOptions _options = options.Value;

    /// <inheritdoc />
    public PlatformDescriptor Descriptor => HubSpot;

    /// <inheritdoc />
    public bool IsConfigured => _options is { ClientId.Length: > 0, ClientSecret.Length: > 0 };

    /// <inheritdoc />
    public PlatformSetup Setup => new(
        [
            PlatformSetting.Public(HubSpotOptions.Section, nameof(HubSpotOptions.ClientId), _options.ClientId),
            PlatformSetting.Secret(HubSpotOptions.Section, nameof(HubSpotOptions.ClientSecret), _options.ClientSecret),
            PlatformSetting.Public(HubSpotOptions.Section, nameof(HubSpotOptions.OAuthVersion), _options.OAuthVersion),
        ],
        HubSpotDefaults.Scopes, HubSpotDefaults.ConsoleAddress);

    private Uri Tokens => new(portal.Resolve(_options.ApiAddress), $"oauth/{_options.OAuthVersion}/token");

    /// <summary>Without PKCE: HubSpot documents it for the exchange only.</summary>
    public Uri AuthorizeAddress(AuthorizeCall call) =>
        new(QueryHelpers.AddQueryString($"{_options.LoginAddress.OriginalString}oauth/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = _options.ClientId,
            ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
            ["scope"] = string.Join(' ', HubSpotDefaults.Scopes),
            ["state"] = call.State,
        }), UriKind.RelativeOrAbsolute);

    /// <inheritdoc />
    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken)
    {
        var form = App();
        form["redirect_uri"] = redirectAddress.AbsoluteUri;
        return transport.TryAsync(http, HubSpotDefaults.Key, Tokens, form, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken)
    {
        var form = App();
        form["grant_type"] = "authorization_code";
        form["code"] = code;
        form["redirect_uri"] = call.RedirectAddress.AbsoluteUri;
        var token = await TokenAsync(form, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var granted = token.Value.Granted ?? HubSpotDefaults.Scopes;
        if (token.Value.RefreshToken is not { Length: > 0 } || !HubSpotDefaults.Scopes.All(granted.Contains))
            return Failure(PlatformFailureKind.Incomplete);

        var credentials = token.Value.Renew(new PlatformCredentials("", null, null, null), clock.GetUtcNow());
        return await this.FindAccountAsync(credentials, granted, cancellationToken);
    }

    /// <summary>Asks whose token it is: the account at HubSpot, not the person in it, so that two of its people connect it once.</summary>
    public async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var form = App();
        form["token"] = credentials.AccessToken;
        form["token_type_hint"] = "access_token";
        var answer = await transport.SendAsync(
            new PlatformCall(http, HubSpotDialect.Instance, Repeats: true, credentials.AccessToken),
            () => OAuthTokens.Form(new Uri($"{Tokens}/introspect"), form),
            HubSpotJson.Default.HubSpotIntrospection, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        if (!answer.Value.Active) return Failure(PlatformFailureKind.AuthExpired);
        if (answer.Value.HubId is not { } hub) return Failure(PlatformFailureKind.Nonsense);
        var id = hub.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new PlatformAccount(id, answer.Value.HubDomain is { Length: > 0 } domain ? domain : id, answer.Value.User);
    }

    /// <inheritdoc />
    public async Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.RefreshToken is null) return Failure(PlatformFailureKind.AuthExpired);
        var form = App();
        form["grant_type"] = "refresh_token";
        form["refresh_token"] = credentials.RefreshToken;
        var token = await TokenAsync(form, cancellationToken);
        return token.Succeeded ? token.Value.Renew(credentials, clock.GetUtcNow()) : token.Error;
    }

    /// <inheritdoc />
    public async Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var form = App();
        form["token"] = credentials.RefreshToken ?? credentials.AccessToken;
        form["token_type_hint"] = credentials.RefreshToken is null ? "access_token" : "refresh_token";
        return await transport.RevokeAsync(http, HubSpotDialect.Instance, new Uri($"{Tokens}/revoke"), form, cancellationToken);
    }

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(HubSpotDefaults.Key, kind);

    private Task<Result<OAuthToken>> TokenAsync(Dictionary<string, string> form, CancellationToken cancellationToken) =>
        transport.PostAsync(http, HubSpotDialect.Instance, Tokens, form, cancellationToken);

    private Dictionary<string, string> App() => new() { ["client_id"] = _options.ClientId, ["client_secret"] = _options.ClientSecret };
}
