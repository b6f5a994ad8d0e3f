using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Mailchimp: sign-in, and the account that was signed in to.</summary>
/// <seealso href="https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/" />
public sealed partial class MailchimpClient(HttpClient http, IOptions<MailchimpOptions> options, PlatformTransport transport, PortalAddress portal) : IPlatformClient
{
    private static readonly PlatformDescriptor Mailchimp = new(MailchimpDefaults.Key, "Mailchimp", PlatformGrants.Account);
    private readonly MailchimpOptions _options = options.Value;

    /// <inheritdoc />
    public PlatformDescriptor Descriptor => Mailchimp;

    /// <inheritdoc />
    public bool IsConfigured => _options is { ClientId.Length: > 0, ClientSecret.Length: > 0 };

    private Uri Login => _options.LoginAddress.IsAbsoluteUri ? _options.LoginAddress : new Uri(portal.Listening, _options.LoginAddress);

    /// <inheritdoc />
    public Uri AuthorizeAddress(AuthorizeCall call) => new(QueryHelpers.AddQueryString($"{_options.LoginAddress.OriginalString}oauth2/authorize", new Dictionary<string, string?>
    {
        ["response_type"] = "code",
        ["client_id"] = _options.ClientId,
        ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
        ["state"] = call.State,
    }), UriKind.RelativeOrAbsolute);

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(http, MailchimpDefaults.Key, false, () => new HttpRequestMessage(HttpMethod.Post, new Uri(Login, "oauth2/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = _options.ClientId,
                ["client_secret"] = _options.ClientSecret,
                ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
                ["code"] = code,
            }),
        }, FailureOf, MailchimpJson.Default.MailchimpToken, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        if (answer.Value.AccessToken is not { Length: > 0 } token) return Failure(PlatformFailureKind.Nonsense);

        var metadata = await transport.SendAsync(
            http, MailchimpDefaults.Key, true, () => Get(new Uri(Login, "oauth2/metadata"), token), FailureOf, MailchimpJson.Default.MailchimpMetadata, cancellationToken);
        if (!metadata.Succeeded) return metadata.Error;
        if (ApiAddress(metadata.Value) is not { } api) return Failure(PlatformFailureKind.Nonsense);

        var root = await transport.SendAsync(
            http, MailchimpDefaults.Key, true, () => Get(new Uri(api, "3.0/"), token), FailureOf, MailchimpJson.Default.MailchimpRoot, cancellationToken);
        if (!root.Succeeded) return root.Error;
        if (root.Value.AccountId is not { Length: > 0 } id) return Failure(PlatformFailureKind.Nonsense);
        var name = root.Value.AccountName is { Length: > 0 } given ? given : id;
        return new PlatformSignIn(new PlatformAccount(id, name, root.Value.Email), new PlatformCredentials(token, null, null, api));
    }

    /// <summary>Where the account's API is, if that is a place Mailchimp's API can be; null otherwise.</summary>
    private Uri? ApiAddress(MailchimpMetadata metadata)
    {
        var text = metadata.ApiEndpoint ?? (metadata.Dc is { } dc ? $"https://{dc}.api.mailchimp.com" : null);
        if (!Uri.TryCreate(text + "/", UriKind.Absolute, out var uri)) return null;
        var isMailchimp = uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && ApiHost().IsMatch(uri.Host);
        var isSandbox = !_options.LoginAddress.IsAbsoluteUri && Login.IsBaseOf(uri);
        return isMailchimp || isSandbox ? uri : null;
    }

    private static HttpRequestMessage Get(Uri address, string token) =>
        new(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(MailchimpDefaults.Key, kind);

    private static PlatformFailure? FailureOf(HttpStatusCode status, byte[] body)
    {
        if ((int)status < 400) return null;
        try
        {
            var problem = JsonSerializer.Deserialize(body, MailchimpJson.Default.MailchimpProblem);
            return new PlatformFailure(MailchimpDefaults.Key, PlatformTransport.KindOf(status), null, problem?.Instance);
        }
        catch (JsonException)
        {
            // Without a JSON body a 403 is throttling, says Mailchimp.
            return status == HttpStatusCode.Forbidden ? Failure(PlatformFailureKind.RateLimited) : null;
        }
    }

    [GeneratedRegex(MailchimpDefaults.ApiHostPattern, RegexOptions.CultureInvariant)]
    private static partial Regex ApiHost();
}
