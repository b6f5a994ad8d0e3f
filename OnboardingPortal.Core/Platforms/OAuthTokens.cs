using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace OnboardingPortal.Core.Platforms;

/// <summary>What a token endpoint answers; each platform fills some of it.</summary>
internal sealed record OAuthToken(
    string? AccessToken, string? RefreshToken, long? ExpiresIn, string? Scope, IReadOnlyList<string>? Scopes, string? InstanceUrl,
    string? Id)
{
    /// <summary>When the access token dies, UTC; null when it was not said or never.</summary>
    public DateTimeOffset? ExpiresAt(DateTimeOffset now) => ExpiresIn is > 0 and < int.MaxValue ? now.AddSeconds(ExpiresIn.Value) : null;

    /// <summary>What was granted, in alphabetical order; null when the answer does not say: then it is all that was asked for.</summary>
    public IReadOnlyList<string>? Granted => (Scopes ?? Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries))?.Order().ToList();

    /// <summary>Credentials with this token in the place of an older one; the refresh token stays where no new one came.</summary>
    public PlatformCredentials Renew(PlatformCredentials old, DateTimeOffset now) =>
        old with
        {
            AccessToken = AccessToken!,
            RefreshToken = RefreshToken is { Length: > 0 } ? RefreshToken : old.RefreshToken,
            ExpiresAt = ExpiresAt(now)
        };
}

/// <summary>RFC 6749's error.</summary>
internal sealed record OAuthErrorBody(string? Error, string? ErrorDescription);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(OAuthToken))]
[JsonSerializable(typeof(OAuthErrorBody))]
internal sealed partial class OAuthJson : JsonSerializerContext;

/// <summary>The calls of a token endpoint that platforms share.</summary>
internal static class OAuthTokens
{
    /// <summary>The PKCE challenge of a verifier, method S256.</summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc7636#section-4.2" />
    public static string Challenge(string verifier) =>
        WebEncoders.Base64UrlEncode(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>Posts a form to a token endpoint. Never sent twice: a code and a rotating refresh token work once.</summary>
    /// <returns>An answer with an access token, or a <see cref="PlatformFailure"/>.</returns>
    public static Task<Result<OAuthToken>> PostAsync(
        this PlatformTransport transport, HttpClient http, PlatformKey platform, Uri address, Dictionary<string, string> form,
        CancellationToken cancellationToken) =>
        transport.PostAsync(http, new OAuthDialect(platform), address, form, cancellationToken);

    /// <summary>As the other, where the platform's token endpoint has errors of its own.</summary>
    public static async Task<Result<OAuthToken>> PostAsync(
        this PlatformTransport transport, HttpClient http, PlatformDialect dialect, Uri address, Dictionary<string, string> form,
        CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            new PlatformCall(http, dialect, Repeats: false), () => Form(address, form), OAuthJson.Default.OAuthToken, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        return answer.Value.AccessToken is { Length: > 0 }
            ? answer.Value
            : new PlatformFailure(dialect.Platform, PlatformFailureKind.Nonsense);
    }

    /// <summary>
    /// Revokes at an endpoint of RFC 7009's kind, which answers with nothing worth reading. A token that is dead already counts as revoked.
    /// </summary>
    public static async Task<Result<bool>> RevokeAsync(
        this PlatformTransport transport, HttpClient http, PlatformDialect dialect, Uri address, Dictionary<string, string> form,
        CancellationToken cancellationToken)
    {
        var failure = await transport.SendAsync(
            new PlatformCall(http, dialect, Repeats: true), () => Form(address, form), cancellationToken);
        return failure is null or { Kind: PlatformFailureKind.AuthExpired } ? true : failure;
    }

    /// <summary>Finds out whose account fresh credentials open. Those that are dead on arrival are renewed once.</summary>
    /// <param name="client">The platform.</param>
    /// <param name="credentials">From the exchange of the code.</param>
    /// <param name="granted">What the person granted.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public static async Task<Result<PlatformSignIn>> FindAccountAsync(
        this IPlatformClient client, PlatformCredentials credentials, IEnumerable<string> granted, CancellationToken cancellationToken)
    {
        var account = await client.IdentifyAsync(credentials, cancellationToken);
        if (account.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } && credentials.CanRefresh)
        {
            var renewed = await client.RefreshAsync(credentials, cancellationToken);
            if (!renewed.Succeeded) return renewed.Error;
            credentials = renewed.Value;
            account = await client.IdentifyAsync(credentials, cancellationToken);
        }

        return account.Succeeded ? new PlatformSignIn(account.Value, credentials, string.Join(' ', granted)) : account.Error;
    }

    /// <summary>What a token endpoint thinks of the portal's registration, tried with a code that it never gave out.</summary>
    public static async Task<PlatformSetupVerdict> TryAsync(
        this PlatformTransport transport, HttpClient http, PlatformKey platform, Uri address, Dictionary<string, string> form,
        CancellationToken cancellationToken)
    {
        var verdict = PlatformSetupVerdict.Unclear;
        var dialect = new OAuthDialect(platform, tell: error => verdict = error switch
        {
            "invalid_grant" => PlatformSetupVerdict.Works, // past the secret: only the code is wrong
            "invalid_client" or "invalid_client_id" or "unauthorized_client" => PlatformSetupVerdict.SecretRefused,
            "redirect_uri_mismatch" => PlatformSetupVerdict.RedirectNotRegistered,
            _ => PlatformSetupVerdict.Unclear,
        });
        form["grant_type"] = "authorization_code";
        form["code"] = "setup-check";
        var failure = await transport.SendAsync(
            new PlatformCall(http, dialect, Repeats: true), () => Form(address, form), cancellationToken);
        return failure?.Kind is PlatformFailureKind.Unreachable or PlatformFailureKind.Transient or PlatformFailureKind.RateLimited
            ? PlatformSetupVerdict.Unreachable
            : verdict;
    }

    /// <summary>A call with a bearer token.</summary>
    public static HttpRequestMessage Get(Uri address, string token) =>
        new(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    /// <summary>A call that posts a form.</summary>
    public static HttpRequestMessage Form(Uri address, Dictionary<string, string> form) =>
        new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
}

/// <summary>The error bodies of token endpoints.</summary>
/// <param name="platform">The platform that answers.</param>
/// <param name="kindOf">What an error and its description mean; null = what RFC 6749 says.</param>
/// <param name="tell">Is told each error's code.</param>
internal sealed class OAuthDialect(
    PlatformKey platform, Func<string, string?, PlatformFailureKind>? kindOf = null,
    Action<string>? tell = null) : PlatformDialect(platform)
{
    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        if ((int)response.Status < 400) return null;
        try
        {
            var body = JsonSerializer.Deserialize(response.Body, OAuthJson.Default.OAuthErrorBody);
            if (body?.Error is not { Length: > 0 } error) return null;
            tell?.Invoke(error);
            if ((int)response.Status >= 500) return Failure(PlatformFailureKind.Transient);
            return Failure(kindOf?.Invoke(error, body.ErrorDescription) ?? OAuthErrors.KindOf(error, body.ErrorDescription));
        }
        catch (JsonException)
        {
            return null; // no error body: the status decides
        }
    }
}

/// <summary>What the error codes of RFC 6749 mean for people, and the words that platforms put beside them.</summary>
internal static class OAuthErrors
{
    // Platforms put many reasons under one code; only the description tells what a new sign-in would not mend.
    private static readonly (string Words, PlatformFailureKind Kind)[] Reasons =
    [
        ("login hours", PlatformFailureKind.Transient),
        ("restricted time", PlatformFailureKind.Transient),
        ("already being processed", PlatformFailureKind.Transient),
        ("maintenance", PlatformFailureKind.Transient),
        ("unavailable", PlatformFailureKind.Transient),
        ("try again later", PlatformFailureKind.Transient),
        ("rate limit", PlatformFailureKind.RateLimited),
        ("rate exceeded", PlatformFailureKind.RateLimited),
        ("too many", PlatformFailureKind.RateLimited),
        ("ip restricted", PlatformFailureKind.NetworkRefused),
        ("ip address", PlatformFailureKind.NetworkRefused),
        ("ip range", PlatformFailureKind.NetworkRefused),
        ("restricted ip", PlatformFailureKind.NetworkRefused),
        ("restricted domain", PlatformFailureKind.NetworkRefused),
        ("inactive", PlatformFailureKind.AccountInactive),
        ("not active", PlatformFailureKind.AccountInactive),
        ("deactivated", PlatformFailureKind.AccountInactive),
        ("disabled", PlatformFailureKind.AccountInactive),
        ("suspended", PlatformFailureKind.AccountInactive),
        (" locked", PlatformFailureKind.AccountInactive),
        ("frozen", PlatformFailureKind.AccountInactive),
        ("been deleted", PlatformFailureKind.AccountInactive),
        ("trial", PlatformFailureKind.AccountInactive),
    ];

    /// <summary>Reads an error.</summary>
    /// <param name="error">Its code; hostile text.</param>
    /// <param name="description">Its description; hostile text, read by its words only; null when there is none.</param>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2" />
    /// <seealso href="https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm&amp;type=5" />
    public static PlatformFailureKind KindOf(string error, string? description = null) => error switch
    {
        "access_denied" => PlatformFailureKind.Cancelled,
        "invalid_grant" => ReasonOf(description) ?? PlatformFailureKind.AuthExpired,
        "invalid_token" => PlatformFailureKind.AuthExpired,
        "server_error" or "temporarily_unavailable" => PlatformFailureKind.Transient,
        "rate_limit_exceeded" or "slow_down" => PlatformFailureKind.RateLimited,
        // invalid_client, redirect_uri_mismatch, invalid_scope and the like: only the operator can mend it
        _ => PlatformFailureKind.Misconfigured,
    };

    private static PlatformFailureKind? ReasonOf(string? description)
    {
        var words = description?.Replace('_', ' ').Replace('-', ' ') ?? "";
        var isOfToken = words.Contains("token", StringComparison.OrdinalIgnoreCase); // a token that is no longer active is no account
        return Reasons.Where(r => words.Contains(r.Words, StringComparison.OrdinalIgnoreCase))
            .Where(r => !isOfToken || r.Kind != PlatformFailureKind.AccountInactive)
            .Select(r => (PlatformFailureKind?)r.Kind).FirstOrDefault();
    }
}
