using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Facebook: sign-in and the calls of the Graph API that every other part of this folder is made of.</summary>
/// <seealso href="https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow" />
public sealed class FacebookClient(
    HttpClient http, IOptions<FacebookOptions> options, PlatformTransport transport, PortalAddress portal,
    TimeProvider clock) : ISignInPlatform
{
    private static readonly PlatformDescriptor Facebook =
        new(FacebookDefaults.Key, "Facebook", PlatformGrants.Assets) { RevokesWholePerson = true };

    private readonly FacebookOptions _options = options.Value;

    /// <inheritdoc />
    public PlatformDescriptor Descriptor => Facebook;

    /// <inheritdoc />
    public bool IsConfigured => _options is { AppId.Length: > 0, AppSecret.Length: > 0 };

    /// <inheritdoc />
    public Uri AuthorizeAddress(AuthorizeCall call)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = _options.AppId,
            ["redirect_uri"] = call.RedirectAddress.AbsoluteUri,
            ["state"] = call.State,
            ["response_type"] = "code",
        };
        var configuration = call.Purpose == ConnectPurpose.Client ? _options.ClientConfigurationId : _options.AgencyConfigurationId;
        if (configuration is { Length: > 0 }) query["config_id"] = configuration;
        else query["scope"] = string.Join(
            ',', call.Purpose == ConnectPurpose.Client ? FacebookDefaults.ClientPermissions : FacebookDefaults.AgencyPermissions);
        if (call.AskAgain) query["auth_type"] = "rerequest";
        var dialog = QueryHelpers.AddQueryString($"{_options.LoginAddress.OriginalString}{_options.ApiVersion}/dialog/oauth", query);
        return new Uri(dialog, UriKind.RelativeOrAbsolute);
    }

    /// <inheritdoc />
    public PlatformSetup Setup => new(
        [
            PlatformSetting.Public(FacebookOptions.Section, nameof(FacebookOptions.AppId), _options.AppId),
            PlatformSetting.Secret(FacebookOptions.Section, nameof(FacebookOptions.AppSecret), _options.AppSecret),
            PlatformSetting.Public(FacebookOptions.Section, nameof(FacebookOptions.ApiVersion), _options.ApiVersion),
        ],
        FacebookDefaults.AgencyPermissions, FacebookDefaults.ConsoleAddress);

    /// <summary>
    /// Asks for an app token, which Facebook gives for the right id and secret only; callbacks it tells to browsers alone.
    /// </summary>
    public async Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(new() { ["grant_type"] = "client_credentials" }, cancellationToken);
        return (token.Error as PlatformFailure)?.Kind switch
        {
            null => PlatformSetupVerdict.Works,
            PlatformFailureKind.Misconfigured or PlatformFailureKind.InvalidRequest => PlatformSetupVerdict.SecretRefused,
            PlatformFailureKind.Unreachable or PlatformFailureKind.Transient or PlatformFailureKind.RateLimited =>
                PlatformSetupVerdict.Unreachable,
            _ => PlatformSetupVerdict.Unclear,
        };
    }

    /// <inheritdoc />
    public async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var person = await GetAsync(
            credentials.Token, "me", new() { ["fields"] = "id,name,email" }, FacebookJson.Default.GraphPerson, cancellationToken);
        if (!person.Succeeded) return person.Error;
        if (person.Value.Id is not { Length: > 0 } id) return Failure(PlatformFailureKind.Nonsense);
        return new PlatformAccount(id, person.Value.Name is { Length: > 0 } name ? name : id, person.Value.Email);
    }

    /// <summary>Makes a long-lived token of one that still works; Facebook has no other way to renew.</summary>
    /// <seealso href="https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived" />
    public async Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(
            new() { ["grant_type"] = "fb_exchange_token", ["fb_exchange_token"] = credentials.AccessToken }, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var check = await CheckAsync(token.Value, cancellationToken);
        return check.Succeeded ? new PlatformCredentials(token.Value.Value, null, ExpiryOf(check.Value), null) : check.Error;
    }

    /// <summary>Takes all permissions of the app back for that person.</summary>
    public async Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var done = await transport.SendAsync(
            Call(true, credentials.Token), () => Signed(HttpMethod.Delete, credentials.Token, "me/permissions", []), cancellationToken);
        return done is null or { Kind: PlatformFailureKind.AuthExpired } ? true : done;
    }

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(new() { ["redirect_uri"] = call.RedirectAddress.AbsoluteUri, ["code"] = code }, cancellationToken);
        if (!token.Succeeded) return token.Error;
        if (call.Purpose == ConnectPurpose.Agency)
        {
            // Clients share within minutes; the agency's user checks and advertises for months.
            token = await TokenAsync(
                new() { ["grant_type"] = "fb_exchange_token", ["fb_exchange_token"] = token.Value.Value }, cancellationToken);
            if (!token.Succeeded) return token.Error;
        }

        var check = await CheckAsync(token.Value, cancellationToken);
        if (!check.Succeeded) return check.Error;
        var credentials = new PlatformCredentials(token.Value.Value, null, ExpiryOf(check.Value), null);
        var account = await IdentifyAsync(credentials, cancellationToken);
        if (!account.Succeeded) return account.Error;
        if (account.Value.ExternalId != check.Value.UserId) return Failure(PlatformFailureKind.Nonsense);

        var permissions = await ListAsync(
            token.Value, "me/permissions", [], FacebookJson.Default.GraphPageGraphPermission, cancellationToken);
        if (!permissions.Succeeded) return permissions.Error;
        var granted = permissions.Value.Where(p => p.Status == "granted").Select(p => p.Permission).ToHashSet();
        if (!FacebookDefaults.NeededPermissions.All(granted.Contains)) return Failure(PlatformFailureKind.Incomplete);

        return new PlatformSignIn(account.Value, credentials, string.Join(' ', granted.Order()));
    }

    /// <summary>Asks Facebook whether credentials still work, and for whom.</summary>
    /// <returns>When they end, UTC, null = never; or a <see cref="PlatformFailure"/>.</returns>
    /// <seealso href="https://developers.facebook.com/docs/graph-api/reference/debug_token" />
    internal async Task<Result<DateTimeOffset?>> ValidateAsync(
        PlatformCredentials credentials, string person, CancellationToken cancellationToken)
    {
        var check = await CheckAsync(credentials.Token, cancellationToken);
        if (!check.Succeeded) return check.Error;
        return check.Value.UserId == person ? ExpiryOf(check.Value) : Failure(PlatformFailureKind.AuthExpired);
    }

    private static DateTimeOffset? ExpiryOf(GraphTokenCheckData check) =>
        check.ExpiresAt is > 0 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The proof that a call comes from the app that holds the secret: 64 lower-case hex digits, valid for five minutes.</summary>
    /// <seealso href="https://developers.facebook.com/documentation/facebook-login/security" />
    internal static string AppSecretProof(string token, string secret, long unixSeconds) => Convert.ToHexStringLower(
        HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{token}|{unixSeconds}"))));

    internal Task<Result<T>> GetAsync<T>(
        AccessToken token, string path, Dictionary<string, string?> query, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        transport.SendAsync(Call(true, token), () => Signed(HttpMethod.Get, token, path, query), shape, cancellationToken);

    internal Task<Result<T>> PostAsync<T>(
        AccessToken token, string path, Dictionary<string, string?> form, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        transport.SendAsync(Call(false, token), () =>
        {
            var request = Signed(HttpMethod.Post, token, path, []);
            request.Content = new FormUrlEncodedContent(form);
            return request;
        }, shape, cancellationToken);

    /// <summary>A read whose limits are counted by more than the token: its dialect knows them.</summary>
    internal Task<Result<T>> GetAsync<T>(
        PlatformDialect dialect, AccessToken token, string path, Dictionary<string, string?> query, JsonTypeInfo<T> shape,
        CancellationToken cancellationToken) => transport.SendAsync(
        Call(true, token) with { Dialect = dialect }, () => Signed(HttpMethod.Get, token, path, query), shape, cancellationToken);

    /// <summary>A call that changes something, on the same terms, with a body of its own kind. It is sent once.</summary>
    internal Task<Result<T>> SendAsync<T>(
        PlatformDialect dialect, HttpMethod method, AccessToken token, string path, Func<HttpContent?> content, JsonTypeInfo<T> shape,
        CancellationToken cancellationToken) => transport.SendAsync(Call(false, token) with { Dialect = dialect }, () =>
        {
            var request = Signed(method, token, path, []);
            request.Content = content();
            return request;
        }, shape, cancellationToken);

    internal Task<Result<IReadOnlyList<T>>> ListAsync<T>(
        AccessToken token, string path, Dictionary<string, string?> query, JsonTypeInfo<GraphPage<T>> shape,
        CancellationToken cancellationToken) =>
        ListAsync(FacebookDialect.Instance, token, path, query, shape, cancellationToken);

    /// <summary>
    /// Reads a whole list, page by page. The next page's address is built here: the one in the answer comes from outside and holds the
    /// token. Where a page is too large for Facebook, half as many rows are asked for, down to one.
    /// </summary>
    internal async Task<Result<IReadOnlyList<T>>> ListAsync<T>(
        PlatformDialect dialect, AccessToken token, string path, Dictionary<string, string?> query, JsonTypeInfo<GraphPage<T>> shape,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var paged = new Dictionary<string, string?>(query);
        var limit = FacebookDefaults.PageSize;
        for (var asked = 0; asked < FacebookDefaults.PageSize * FacebookDefaults.MaxPages; asked += limit)
        {
            var answer = await PageAsync(limit);
            while (answer.Error is PlatformFailure { MayWantLess: true } && limit > 1) answer = await PageAsync(limit /= 2);
            if (!answer.Succeeded) return answer.Error;
            if (answer.Value.Data is null) return Failure(PlatformFailureKind.Nonsense);
            rows.AddRange(answer.Value.Data);
            if (answer.Value.Paging is not { Next.Length: > 0, Cursors.After: { Length: > 0 } after }) break;
            paged["after"] = after;
        }

        return rows;

        Task<Result<GraphPage<T>>> PageAsync(int rowsAPage)
        {
            paged["limit"] = rowsAPage.ToString(CultureInfo.InvariantCulture);
            var call = Call(repeats: rowsAPage == FacebookDefaults.PageSize, token) with { Dialect = dialect }; // a smaller page repeats
            return transport.SendAsync(call, () => Signed(HttpMethod.Get, token, path, paged), shape, cancellationToken);
        }
    }

    private PlatformCall Call(bool repeats, AccessToken token = default) => new(http, FacebookDialect.Instance, repeats, token.Value ?? "");

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(FacebookDefaults.Key, kind);

    private async Task<Result<AccessToken>> TokenAsync(Dictionary<string, string?> query, CancellationToken cancellationToken)
    {
        query["client_id"] = _options.AppId;
        query["client_secret"] = _options.AppSecret;
        var answer = await transport.SendAsync(
            Call(false) with { Dialect = FacebookDialect.ForTokens },
            () => new HttpRequestMessage(HttpMethod.Get, Address("oauth/access_token", query)),
            FacebookJson.Default.GraphToken, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        return answer.Value.AccessToken is { Length: > 0 } token ? new AccessToken(token) : Failure(PlatformFailureKind.Nonsense);
    }

    private async Task<Result<GraphTokenCheckData>> CheckAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string?>
        {
            ["input_token"] = token.Value,
            ["access_token"] = $"{_options.AppId}|{_options.AppSecret}"
        };
        var answer = await transport.SendAsync(
            // one person's limit holds nobody else up
            Call(true, token), () => new HttpRequestMessage(HttpMethod.Get, Address("debug_token", query)),
            FacebookJson.Default.GraphTokenCheck, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        return answer.Value.Data is { IsValid: true } data && data.AppId == _options.AppId
            ? data
            : Failure(PlatformFailureKind.AuthExpired);
    }

    private HttpRequestMessage Signed(HttpMethod method, AccessToken token, string path, Dictionary<string, string?> query)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var signed = new Dictionary<string, string?>(query)
        {
            ["appsecret_proof"] = AppSecretProof(token.Value, _options.AppSecret, seconds),
            ["appsecret_time"] = seconds.ToString(CultureInfo.InvariantCulture),
        };
        var request = new HttpRequestMessage(method, Address(path, signed));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return request;
    }

    private Uri Address(string path, Dictionary<string, string?> query)
    {
        var graph = portal.Resolve(_options.GraphAddress);
        return new Uri(QueryHelpers.AddQueryString(new Uri(graph, $"{_options.ApiVersion}/{path}").AbsoluteUri, query));
    }
}
