using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Net;

namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>ActiveCampaign: an account is connected with its API URL and a user's key.</summary>
/// <seealso href="https://developers.activecampaign.com/reference/authentication" />
public sealed class ActiveCampaignClient(
    HttpClient http, IOptions<ActiveCampaignOptions> options, ActiveCampaignAddress addresses, PublicConnector connector,
    PlatformTransport transport) : IKeyPlatform
{
    private static readonly PlatformDescriptor ActiveCampaign =
        new(ActiveCampaignDefaults.Key, "ActiveCampaign", PlatformGrants.Account, PlatformConnects.ByKey);

    /// <inheritdoc />
    public PlatformDescriptor Descriptor => ActiveCampaign;

    /// <inheritdoc />
    public bool IsConfigured => options.Value.Enabled;

    /// <summary>There is nothing to register: every account has its own address and key.</summary>
    public PlatformSetup Setup => new([], [], null);

    /// <inheritdoc />
    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken) =>
        Task.FromResult(PlatformSetupVerdict.NothingToCheck);

    /// <inheritdoc />
    public async Task<Result<PlatformSignIn>> ConnectAsync(string address, string key, CancellationToken cancellationToken)
    {
        var api = addresses.Read(address);
        if (!api.Succeeded) return api.Error;
        var token = key.Trim();
        if (token.Length == 0 || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return new PlatformKeyRefused(ActiveCampaignDefaults.Key);
        if (addresses.Sandbox is null && (await connector.ResolveAsync(api.Value.IdnHost, cancellationToken)).Count == 0)
            return Elsewhere();

        var credentials = new PlatformCredentials(token, null, null, api.Value);
        var account = await IdentifyAsync(credentials, cancellationToken);
        if (account.Succeeded) return new PlatformSignIn(account.Value, credentials);
        return ((PlatformFailure)account.Error).Kind switch
        {
            PlatformFailureKind.AuthExpired => new PlatformKeyRefused(ActiveCampaignDefaults.Key),
            PlatformFailureKind.NotFound => Elsewhere(), // something else answers there
            _ => account.Error,
        };
    }

    /// <inheritdoc />
    public async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var api = credentials.ApiAddress!;
        var me = await transport.SendAsync(
            new PlatformCall(http, ActiveCampaignDialect.Instance, Repeats: true, api.AbsoluteUri),
            () => new HttpRequestMessage(
                HttpMethod.Get, new Uri(api, "api/3/users/me"))
            { Headers = { { "Api-Token", credentials.AccessToken } } },
            ActiveCampaignJson.Default.ActiveCampaignMe, cancellationToken);
        if (!me.Succeeded) return me.Error;
        if (me.Value.User is not { Id: { Length: > 0 } id } user)
            return new PlatformFailure(ActiveCampaignDefaults.Key, PlatformFailureKind.Nonsense);
        var name = addresses.Sandbox is null ? api.IdnHost : api.Segments[^1].TrimEnd('/');
        return new PlatformAccount($"{name}/{id}", name, user.Email ?? user.Username);
    }

    /// <summary>A key lives until it is replaced in the account: there is nothing to renew.</summary>
    public Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PlatformCredentials>>(new PlatformFailure(ActiveCampaignDefaults.Key, PlatformFailureKind.AuthExpired));

    /// <summary>ActiveCampaign has no call for it: the person resets the key in their account.</summary>
    public Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken) =>
        Task.FromResult<Result<bool>>(false);

    private static PlatformAddressRefused Elsewhere() => new(ActiveCampaignDefaults.Key, AddressProblem.Elsewhere);
}
