using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.App.Security;

/// <summary>
/// What every answer tells the browser: run only our scripts, talk only to us, show in no frame, tell no one where the visitor came from.
/// </summary>
internal static class SecurityHeaders
{
    // MudBlazor's components set style attributes (pop-ups, charts, progress), hence style-src-attr; neither they nor the portal write a
    // style element. The one style sheet inside a document is that of mails, which the white label's preview shows.
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{HashOf(LetterPage.DarkStyle)}'; style-src-attr "
        + $"'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
        + "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// The same policy for a page of a library, whose one inline script and whose style sheets carry a nonce that was made for this answer.
    /// </summary>
    public static string WithNonce(string nonce) => ContentSecurityPolicy
        .Replace("script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal)
        .Replace("style-src 'self'", $"style-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal);

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // logos stand in mails
        headers["Cross-Origin-Resource-Policy"] = context.Request.Path.StartsWithSegments("/brand") ? "cross-origin" : "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (IsClientPage(context.Request.Path) || HoldsSecret(context.Request.Path))
        {
            headers.CacheControl = "no-store";
            headers["X-Robots-Tag"] = "noindex";
        }

        return next(context);
    });

    private static string HashOf(string style) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

    private static bool HoldsSecret(PathString path) =>
        path.StartsWithSegments("/account/invitation") || path.StartsWithSegments("/account/reset");

    /// <summary>Whether clients see the page.</summary>
    public static bool IsClientPage(PathString path) =>
        path.StartsWithSegments("/r") || path.StartsWithSegments("/onboarding") || path.StartsWithSegments("/connect");
}
