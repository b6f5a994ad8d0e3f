using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>
/// Google Ads, which is only read: the account of the person who signed in, and the advertising accounts they reach. A developer token can
/// be checked with a person's token alone, so the setup's check does not speak of it.
/// </summary>
/// <seealso href="https://developers.google.com/google-ads/api/reference/rpc/v25/CustomerService/ListAccessibleCustomers" />
public sealed class GoogleAdsClient(
    HttpClient http, IOptions<GoogleAdsOptions> options, PlatformTransport transport, PortalAddress portal, TimeProvider clock)
    : GoogleClient(http, options.Value, Ads, GoogleDefaults.AdsScope, transport, portal, clock)
{
    /// <summary>What is asked of one advertising account.</summary>
    internal const string NameQuery = "SELECT customer.id, customer.descriptive_name FROM customer LIMIT 1";

    private const string Customers = "customers/";
    private static readonly PlatformDescriptor Ads = new(GoogleDefaults.AdsKey, "Google Ads", PlatformGrants.Account)
    {
        RevokesWholePerson = true,
        RefusesEmbeddedBrowsers = true,
    };
    private readonly GoogleAdsOptions _options = options.Value;

    /// <inheritdoc />
    public override bool IsConfigured => base.IsConfigured && _options.DeveloperToken.Length > 0;

    /// <inheritdoc />
    public override PlatformSetup Setup => new(
        [
            PlatformSetting.Public(GoogleAdsOptions.Section, nameof(GoogleAdsOptions.ClientId), _options.ClientId),
            PlatformSetting.Secret(GoogleAdsOptions.Section, nameof(GoogleAdsOptions.ClientSecret), _options.ClientSecret),
            PlatformSetting.Secret(GoogleAdsOptions.Section, nameof(GoogleAdsOptions.DeveloperToken), _options.DeveloperToken),
            PlatformSetting.Public(
                GoogleAdsOptions.Section, nameof(GoogleAdsOptions.LoginCustomerId),
                _options.LoginCustomerId ?? "") with { IsOptional = true },
            PlatformSetting.Public(GoogleAdsOptions.Section, nameof(GoogleAdsOptions.ApiVersion), _options.ApiVersion),
        ],
        Scopes, GoogleDefaults.ConsoleAddress);

    /// <summary>The person, called by the advertising accounts they reach.</summary>
    /// <returns>The account; <see cref="PlatformFailureKind.NotFound"/> where the person has no advertising account at all.</returns>
    public override async Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var person = await base.IdentifyAsync(credentials, cancellationToken);
        if (!person.Succeeded) return person.Error;
        var customers = await CustomersAsync(credentials, cancellationToken);
        if (!customers.Succeeded) return customers.Error;
        var ids = customers.Value;
        if (ids.Count == 0) return Failure(PlatformFailureKind.NotFound);

        var names = new List<string>();
        foreach (var id in ids.Take(GoogleDefaults.MaxNames)) names.Add(await NameOfAsync(id, credentials, cancellationToken));
        if (ids.Count > names.Count) names.Add("…");
        return person.Value with { Name = string.Join(", ", names), Detail = person.Value.Detail ?? person.Value.Name };
    }

    /// <summary>The numbers of the advertising accounts that a person reaches by themselves.</summary>
    internal async Task<Result<IReadOnlyList<string>>> CustomersAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var listed = await Transport.SendAsync(
            Reading(credentials), () => Call(HttpMethod.Get, "customers:listAccessibleCustomers", credentials),
            GoogleJson.Default.AdsCustomers, cancellationToken);
        if (!listed.Succeeded) return listed.Error;
        return (listed.Value.ResourceNames ?? [])
            .Where(n => n.StartsWith(Customers, StringComparison.Ordinal)).Select(n => n[Customers.Length..])
            .Where(i => i.Length > 0 && i.All(char.IsAsciiDigit)).ToList();
    }

    /// <summary>A page of what a query finds in an advertising account.</summary>
    /// <param name="credentials">The person's.</param>
    /// <param name="customer">The account's number, digits alone.</param>
    /// <param name="search">A query of this portal's own making.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    internal Task<Result<AdsSearchAnswer>> SearchAsync(
        PlatformCredentials credentials, string customer, AdsSearch search, CancellationToken cancellationToken) =>
        Transport.SendAsync(
            Reading(credentials) with { LongestAnswer = GoogleDefaults.LongestAdsAnswer }, () => Search(customer, search, credentials),
            GoogleJson.Default.AdsSearchAnswer, cancellationToken);

    /// <summary>The name of an advertising account; its number where it has none, is closed, or may not be read.</summary>
    private async Task<string> NameOfAsync(string id, PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var found = await Transport.SendAsync(
            Reading(credentials) with { Repeats = false }, () => Search(id, new AdsSearch(NameQuery), credentials),
            GoogleJson.Default.AdsSearchAnswer, cancellationToken);
        return found.Succeeded && found.Value.Results is [{ Customer.DescriptiveName: { Length: > 0 } name }, ..] ? name : id;
    }

    private HttpRequestMessage Search(string id, AdsSearch search, PlatformCredentials credentials)
    {
        var request = Call(HttpMethod.Post, $"{Customers}{id}/googleAds:search", credentials);
        if (_options.LoginCustomerId is { Length: > 0 } manager) request.Headers.Add("login-customer-id", manager);
        request.Content = JsonContent.Create(search, GoogleJson.Default.AdsSearch);
        return request;
    }

    private HttpRequestMessage Call(HttpMethod method, string path, PlatformCredentials credentials)
    {
        var request = OAuthTokens.Get(new Uri(Resolve(_options.ApiAddress), $"{_options.ApiVersion}/{path}"), credentials.AccessToken);
        request.Method = method;
        request.Headers.Add("developer-token", _options.DeveloperToken);
        return request;
    }
}
