using System.Net;

namespace OnboardingPortal.Bench.Measuring;

/// <summary>Hands a visitor's cookies to a browser.</summary>
internal static class BrowserCookies
{
    public static IEnumerable<Microsoft.Playwright.Cookie> Of(CookieContainer cookies, Uri page) =>
        cookies.GetCookies(page).Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = page.Host,
            Path = "/",
            HttpOnly = true,
        });
}
