namespace OnboardingPortal.App.Security;

/// <summary>A cookie that no script reads and that comes with links from elsewhere. By https it belongs to the host alone that set it.</summary>
internal static class HostCookie
{
    /// <summary>What browsers let no other host set or read (RFC 6265bis, 4.1.3.2).</summary>
    public const string Prefix = "__Host-";

    /// <summary>What a cookie is called on the way by which a browser came.</summary>
    private static string NameOf(HttpContext context, string name) => context.Request.IsHttps ? Prefix + name : name;

    /// <summary>The browser's cookie of that name; null when it has none.</summary>
    public static string? Read(HttpContext context, string name) => context.Request.Cookies[NameOf(context, name)];

    /// <summary>Gives the browser a cookie for a while.</summary>
    public static void Write(HttpContext context, string name, string value, TimeSpan life) =>
        Write(context, name, value, new CookieOptions { MaxAge = life });

    /// <summary>Gives the browser a cookie until then.</summary>
    public static void Write(HttpContext context, string name, string value, DateTimeOffset until) =>
        Write(context, name, value, new CookieOptions { Expires = until });

    private static void Write(HttpContext context, string name, string value, CookieOptions options)
    {
        options.Path = "/";
        options.HttpOnly = true;
        options.SameSite = SameSiteMode.Lax;
        options.Secure = context.Request.IsHttps;
        options.IsEssential = true;
        context.Response.Cookies.Append(NameOf(context, name), value, options);
    }
}
