using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>The calls that read an organisation's people.</summary>
internal sealed partial class SalesforceCalls(HttpClient http, SalesforceClient salesforce, PlatformTransport transport)
{
    private const string Jobs = "jobs/query";

    /// <summary>What the organisation says of a kind of record and its fields, as far as the person sees them.</summary>
    public Task<Result<SalesforceDescription>> DescribeAsync(
        PlatformCredentials credentials, string name, CancellationToken cancellationToken) =>
        GetAsync(credentials, $"sobjects/{name}/describe", SalesforceJson.Default.SalesforceDescription, cancellationToken);

    public Task<Result<SalesforceRows>> QueryAsync(PlatformCredentials credentials, string query, CancellationToken cancellationToken) =>
        GetAsync(credentials, $"query?q={Uri.EscapeDataString(query)}", SalesforceJson.Default.SalesforceRows, cancellationToken);

    /// <summary>The next page of a query.</summary>
    public Task<Result<SalesforceRows>> MoreAsync(PlatformCredentials credentials, string locator, CancellationToken cancellationToken) =>
        GetAsync(credentials, $"query/{Uri.EscapeDataString(locator)}", SalesforceJson.Default.SalesforceRows, cancellationToken);

    /// <summary>The last part of the address of a query's next page; null when it is none.</summary>
    /// <param name="address">Hostile text.</param>
    public static string? LocatorOf(string? address) =>
        address is not null && NextRecords().Match(address) is { Success: true } match ? match.Groups["locator"].Value : null;

    /// <summary>Whether a text is an id of a record or a job, and so cannot say anything else in a query or an address.</summary>
    public static bool IsId(string? text) => text is not null && Id().IsMatch(text);

    /// <summary>Has the answers to a query prepared. Sent once: each call begins a job.</summary>
    /// <returns>The job's id.</returns>
    /// <seealso href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm" />
    public async Task<Result<string>> StartAsync(PlatformCredentials credentials, string query, CancellationToken cancellationToken)
    {
        if (salesforce.DataAddress(credentials, Jobs) is not { } address) return Dead;
        var answer = await transport.SendAsync(
            Call(credentials) with { Repeats = false },
            () => new HttpRequestMessage(HttpMethod.Post, address)
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", credentials.AccessToken) },
                Content = JsonContent.Create(
                    new SalesforceNewJob("query", query, "CSV", "COMMA", "LF"), SalesforceJson.Default.SalesforceNewJob),
            },
            SalesforceJson.Default.SalesforceJob, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        return IsId(answer.Value.Id) ? answer.Value.Id! : new PlatformFailure(SalesforceDefaults.Key, PlatformFailureKind.Nonsense);
    }

    /// <summary>How far a job is.</summary>
    public async Task<Result<string>> StateAsync(PlatformCredentials credentials, string job, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(
            credentials, $"{Jobs}/{Uri.EscapeDataString(job)}", SalesforceJson.Default.SalesforceJob, cancellationToken);
        return answer.Succeeded ? answer.Value.State ?? "" : answer.Error;
    }

    /// <summary>Some of a job's results.</summary>
    public async Task<Result<SalesforceResults>> ResultsAsync(
        PlatformCredentials credentials, string job, int rows, string? locator, CancellationToken cancellationToken)
    {
        var at = locator is null ? "" : $"&locator={Uri.EscapeDataString(locator)}";
        var path = string.Create(CultureInfo.InvariantCulture, $"{Jobs}/{Uri.EscapeDataString(job)}/results?maxRecords={rows}{at}");
        if (salesforce.DataAddress(credentials, path) is not { } address) return Dead;
        var answer = await transport.ReadAsync(
            Call(credentials), () => OAuthTokens.Get(address, credentials.AccessToken), cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        if (answer.Value.Status == HttpStatusCode.NoContent) // how Salesforce says that it could not give them
            return new PlatformFailure(SalesforceDefaults.Key, PlatformFailureKind.Transient);
        var next = answer.Value.Header("Sforce-Locator");
        return new SalesforceResults(answer.Value.Body, next is null or "" or "null" || next == locator ? null : next);
    }

    private async Task<Result<T>> GetAsync<T>(
        PlatformCredentials credentials, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        if (salesforce.DataAddress(credentials, path) is not { } address) return Dead;
        return await transport.SendAsync(
            Call(credentials), () => OAuthTokens.Get(address, credentials.AccessToken), shape, cancellationToken);
    }

    /// <summary>Calls are counted by organisation.</summary>
    private PlatformCall Call(PlatformCredentials credentials) =>
        new(http, SalesforceDialect.Instance, Repeats: true, credentials.ApiAddress?.OriginalString ?? "");

    private static PlatformFailure Dead => new(SalesforceDefaults.Key, PlatformFailureKind.AuthExpired);

    [GeneratedRegex(@"^/services/data/v[0-9.]{1,6}/query/(?<locator>[A-Za-z0-9_-]{1,2000})\z", RegexOptions.CultureInvariant)]
    private static partial Regex NextRecords();

    [GeneratedRegex(@"^[A-Za-z0-9]{15,18}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}

/// <summary>Some of a job's results.</summary>
/// <param name="Csv">UTF-8.</param>
/// <param name="Next">The place of the next ones; null when these are the last.</param>
internal sealed record SalesforceResults(byte[] Csv, string? Next);
