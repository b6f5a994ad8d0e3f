using System.Net;
using System.Text.RegularExpressions;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>A stranger who guesses a user's password stops neither the user nor what runs for them.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class LockoutTests
{
    private const string Email = "member@demo.test";
    private const string Password = "Demo-Member-1!";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_passwords_of_a_stranger_stop_neither_downloads_nor_the_users_sign_in_elsewhere()
    {
        await using var portal = await PortalProcess.StartAsync(("Portal__Proxies__0", "127.0.0.1/32"));
        using var user = new Visitor(portal.Address, "203.0.113.9");
        await user.TryAsync(Password);
        Assert.Equal(HttpStatusCode.OK, await user.DownloadAsync());

        using var stranger = new Visitor(portal.Address, "198.51.100.7");
        for (var guess = 0; guess < 12; guess++) await stranger.TryAsync($"guess {guess}");

        Assert.Equal(HttpStatusCode.OK, await user.DownloadAsync());
        using var elsewhere = new Visitor(portal.Address, "203.0.113.77");
        Assert.True(await elsewhere.TryAsync(Password), "A new browser in another network.");
        using var neighbour = new Visitor(portal.Address, "198.51.100.7");
        Assert.False(await neighbour.TryAsync(Password), "A new browser in the stranger's network waits.");
        user.Move("198.51.100.7");
        Assert.True(await user.TryAsync(Password), "A known browser in the stranger's network.");
        Assert.False(await stranger.TryAsync(Password));
    }

    private sealed class Visitor : IDisposable
    {
        private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
        private readonly HttpClient _http;

        public Visitor(Uri portal, string address)
        {
            _http = new HttpClient(_handler) { BaseAddress = portal };
            Move(address);
        }

        /// <summary>Comes from another address from now on.</summary>
        public void Move(string address)
        {
            _http.DefaultRequestHeaders.Remove("X-Forwarded-For");
            _http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        }

        /// <summary>Tries to sign in anew, whoever is signed in; the browser stays the same.</summary>
        public async Task<bool> TryAsync(string password)
        {
            foreach (Cookie cookie in _handler.CookieContainer.GetAllCookies()) cookie.Expired = cookie.Name == "portal.session";
            var address = new Uri("/account/login", UriKind.Relative);
            var token = Token().Match(await _http.GetStringAsync(address, Cancel)).Groups[1].Value;
            using var form = new FormUrlEncodedContent([
                new("_handler", "login"), new("__RequestVerificationToken", token), new("Input.Email", Email),
                new("Input.Password", password)]);
            using var answer = await _http.PostAsync(address, form, Cancel);
            return answer.StatusCode == HttpStatusCode.Found;
        }

        public async Task<HttpStatusCode> DownloadAsync()
        {
            using var answer = await _http.GetAsync(new Uri("/collaboration/requests/export", UriKind.Relative), Cancel);
            return answer.StatusCode;
        }

        public void Dispose()
        {
            _http.Dispose();
            _handler.Dispose();
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
