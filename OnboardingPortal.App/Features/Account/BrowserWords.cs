using Microsoft.Extensions.Localization;

namespace OnboardingPortal.App.Features.Account;

/// <summary>A browser's <c>User-Agent</c> in words. Only a hint for its owner: it says what it likes.</summary>
public static class BrowserWords
{
    // The first that matches: later ones are named by earlier ones, too.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];

    /// <summary>For instance <c>Chrome on Windows</c>.</summary>
    public static string For(IStringLocalizer<AccountText> text, string userAgent) => (Find(Browsers, userAgent), Find(Systems,
        userAgent)) switch
    {
        ({ } browser, { } system) => text["BrowserOn", browser, system],
        ({ } browser, null) => browser,
        (null, { } system) => text["UnknownBrowserOn", system],
        _ => text["UnknownBrowser"],
    };

    private static string? Find((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
