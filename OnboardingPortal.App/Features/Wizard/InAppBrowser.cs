using System.Text.RegularExpressions;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>
/// Knows browsers that are part of another app, by what they call themselves. Google does not let anybody sign in in them, and many of them
/// lose their cookies when they are closed.
/// </summary>
/// <seealso href="https://developers.google.com/identity/protocols/oauth2/policies#browsers" />
public static partial class InAppBrowser
{
    /// <summary>Whether a browser is part of another app.</summary>
    /// <param name="userAgent">What it calls itself; hostile text, null when it says nothing.</param>
    public static bool Is(string? userAgent) => userAgent is not null && (NamesItsApp().IsMatch(userAgent) || IsWebViewOfApple(userAgent));

    // Safari names itself on Apple's phones and tablets, and so do the browsers there; what only shows pages within an app does not.
    private static bool IsWebViewOfApple(string userAgent) =>
        OfApple().IsMatch(userAgent) && !userAgent.Contains("Safari/", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\b(FBAN|FBAV|FB_IAB|FBIOS|FB4A|Instagram|Barcelona|LinkedInApp|Twitter for|TwitterAndroid|musical_ly|BytedanceWebview|TikTok"
        + "|trill|Snapchat|Pinterest/|WhatsApp/|MicroMessenger|Line/|KAKAOTALK|NAVER|Viber|Slack|Teams/|GSA/|XING|Nextdoor|Discord"
        + @"|Telegram|YahooMobile|GmailiOS|Outlook-iOS|Outlook-Android)|;\s*wv\)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamesItsApp();

    [GeneratedRegex(@"\((iPhone|iPad|iPod)[^)]*\) AppleWebKit/", RegexOptions.CultureInvariant)]
    private static partial Regex OfApple();
}
