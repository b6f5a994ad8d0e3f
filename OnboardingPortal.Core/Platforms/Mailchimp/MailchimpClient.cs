using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Mailchimp: sign-in, and the account that was signed in to.</summary>
/// <seealso href="https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/" />
public sealed partial class MailchimpClient(
    HttpClient http, IOptions<MailchimpOptions> options, PlatformTransport transport, PortalAddress portal) : ISignInPlatform
{
    private static readonly PlatformDescriptor Mailchimp = new(MailchimpDefaults.Key, "Mailchimp", PlatformGrants.Account);
    private readonly MailchimpOptions _options = options.Value;

    /// <inheritdoc />
    public PlatformDescriptor Descriptor => Mailchimp;

    /// <inheritdoc />
    public bool IsConfigured => _options is { ClientId.Length: > 0, ClientSecret.Length: > 0 };

    private Uri Login => portal.Resolve(_options.LoginAddress);

    /// <inheritdoc />
    public Uri AuthorizeAddress(AuthorizeCall call) =>
        new(QueryHelpers.AddQueryString($"{_options.LoginAddress.OriginalString}oauth2/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = _options.ClientId,
            ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
            ["state"] = call.State,
        }), UriKind.RelativeOrAbsolute);

    /// <inheritdoc />
    public PlatformSetup Setup => new(
        [
            PlatformSetting.Public(MailchimpOptions.Section, nameof(MailchimpOptions.ClientId), _options.ClientId),
            PlatformSetting.Secret(MailchimpOptions.Section, nameof(MailchimpOptions.ClientSecret), _options.ClientSecret),
        ],
        [], MailchimpDefaults.ConsoleAddress);

    /// <inheritdoc />
    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken) =>
        transport.TryAsync(http, MailchimpDefaults.Key, new Uri(Login, "oauth2/token"), App(redirectAddress), cancellationToken);

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken)
    {
        var form = App(call.RedirectAddress);
        form["grant_type"] = "authorization_code";
        form["code"] = code;
        var token = await transport.PostAsync(http, MailchimpDefaults.Key, new Uri(Login, "oauth2/token"), form, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var accessToken = token.Value.AccessToken!;
        var metadata = await transport.SendAsync(
            Reading(accessToken), () => OAuthTokens.Get(new Uri(Login, "oauth2/metadata"), accessToken),
            MailchimpJson.Default.MailchimpMetadata, cancellationToken);
        if (!metadata.Succeeded) return metadata.Error;
        if (ApiAddress(metadata.Value) is not { } api) return new PlatformFailure(MailchimpDefaults.Key, PlatformFailureKind.Nonsense);

        var credentials = new PlatformCredentials(accessToken, null, null, api);
        var account = await IdentifyAsync(credentials, cancellationToken);
        return account.Succeeded ? new PlatformSignIn(account.Value, credentials) : account.Error;
    }

    /// <inheritdoc />
    public async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var api = portal.Resolve(credentials.ApiAddress ?? MailchimpDefaults.ApiAddress);
        var root = await transport.SendAsync(
            Reading(credentials.AccessToken), () => OAuthTokens.Get(new Uri(api, "3.0/"), credentials.AccessToken),
            MailchimpJson.Default.MailchimpRoot, cancellationToken);
        if (!root.Succeeded) return root.Error;
        if (root.Value.AccountId is not { Length: > 0 } id) return new PlatformFailure(MailchimpDefaults.Key, PlatformFailureKind.Nonsense);
        return new PlatformAccount(id, root.Value.AccountName is { Length: > 0 } name ? name : id, root.Value.Email);
    }

    /// <summary>Mailchimp's tokens live until they are taken back: there is nothing to renew.</summary>
    public Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PlatformCredentials>>(new PlatformFailure(MailchimpDefaults.Key, PlatformFailureKind.AuthExpired));

    /// <summary>Mailchimp has no call for it: the person disconnects the app in their account.</summary>
    public Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken) =>
        Task.FromResult<Result<bool>>(false);

    private PlatformCall Reading(string token) => new(http, MailchimpDialect.Instance, Repeats: true, token);

    private Dictionary<string, string> App(Uri redirectAddress) => new()
    {
        ["client_id"] = _options.ClientId,
        ["client_secret"] = _options.ClientSecret,
        ["redirect_uri"] = redirectAddress.AbsoluteUri,
    };

    /// <summary>Where the account's API is, if that is a place Mailchimp's API can be; null otherwise.</summary>
    private Uri? ApiAddress(MailchimpMetadata metadata)
    {
        var text = metadata.ApiEndpoint ?? (metadata.Dc is { } dc ? $"https://{dc}.api.mailchimp.com" : null);
        if (!Uri.TryCreate(text + "/", UriKind.Absolute, out var uri)) return null;
        var isMailchimp = uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && ApiHost().IsMatch(uri.Host);
        var isSandbox = !_options.LoginAddress.IsAbsoluteUri && Login.IsBaseOf(uri);
        return isMailchimp || isSandbox ? portal.ToKeep(uri) : null;
    }

    [GeneratedRegex(MailchimpDefaults.ApiHostPattern, RegexOptions.CultureInvariant)]
    private static partial Regex ApiHost();
}
