using System.Net;

namespace OnboardingPortal.Bench.Servers;

/// <summary>One browser's HTTP side: its own cookies, over connections shared with the other visitors.</summary>
/// <param name="http">Made by <see cref="CreateClient"/>, since the cookies are kept here.</param>
internal sealed class Visitor(HttpClient http)
{
    public CookieContainer Cookies { get; } = new();

    public static HttpClient CreateClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <exception cref="HttpRequestException">Any answer but a success: a redirect too.</exception>
    public async Task<string> GetPageAsync(Uri page, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        using var response = await SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));
        if (Cookies.GetCookieHeader(address) is { Length: > 0 } cookie)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var response = await http.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var changes))
        {
            foreach (var change in changes)
            {
                Cookies.SetCookies(address, change);
            }
        }

        return response;
    }
}
