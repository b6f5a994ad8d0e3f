using System.Net;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// A browser without a screen that knows several hosts of one portal: cookies for each host, forms, no following of redirects by itself.
/// </summary>
public sealed partial class PlainBrowser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Dictionary<string, Dictionary<string, string>> _cookies = [];

    /// <summary>Whatever the host is called, the portal's process answers.</summary>
    public PlainBrowser(PortalProcess portal) =>
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address };

    /// <summary>The cookies of a host, by name.</summary>
    public Dictionary<string, string> CookiesOf(Uri address) => _cookies.TryGetValue(address.Host, out var kept)
        ? kept
        : _cookies[address.Host] = [];

    public Task<PlainAnswer> GetAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, address, null, cancellationToken);

    public Task<PlainAnswer> PostAsync(
        Uri address, CancellationToken cancellationToken, params (string Name, string Value)[] fields) => SendAsync(
        HttpMethod.Post, address, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), cancellationToken);

    /// <summary>Fills in the page's form and sends it with all its hidden fields.</summary>
    public async Task<PlainAnswer> SubmitAsync(Uri page, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var html = (await GetAsync(page, cancellationToken)).Text;
        var own = html.Split("<form").First(form => form.Contains($"name=\"{fields[0].Name}\"", StringComparison.Ordinal));
        var hidden = HiddenField().Matches(own).Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
        return await PostAsync(page, cancellationToken, [.. hidden, .. fields]);
    }

    /// <summary>Where the answer leads, by a redirect or by a page that goes on by itself.</summary>
    public static Uri? NextOf(PlainAnswer answer)
    {
        if (answer.Location is { } location) return location;
        var refresh = Refresh().Match(answer.Text);
        return refresh.Success ? new Uri(answer.Address, WebUtility.HtmlDecode(refresh.Groups[1].Value)) : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<PlainAnswer> SendAsync(HttpMethod method, Uri address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_http.BaseAddress!, address.PathAndQuery)) { Content = content };
        request.Headers.Host = address.Authority;
        var cookies = CookiesOf(address);
        if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
        using var answer = await _http.SendAsync(request, cancellationToken);
        string[] set = answer.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];
        foreach (var cookie in set)
        {
            var pair = cookie.Split(';')[0];
            cookies[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        var location = answer.Headers.Location is { } to ? new Uri(address, to) : null;
        return new PlainAnswer(address, answer.StatusCode, location, set, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""http-equiv="refresh" content="0;url=([^"]+)""")]
    private static partial Regex Refresh();
}

/// <summary>What came back.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="Status">The status.</param>
/// <param name="Location">Where a redirect leads, absolute; null = it is none.</param>
/// <param name="SetCookies">The cookies it sets, as it sets them.</param>
/// <param name="Text">The body.</param>
public sealed record PlainAnswer(Uri Address, HttpStatusCode Status, Uri? Location, IReadOnlyList<string> SetCookies, string Text);
