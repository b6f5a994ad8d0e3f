using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Forms without the token of their page are refused before anything reads them, with a page that says so, unless the browser vouches for
/// where they come from.
/// </summary>
internal static class FormTokens
{
    /// <summary>The name of the cookie that belongs to the tokens.</summary>
    public const string Cookie = "portal.antiforgery";

    public static void UseFormTokens(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || HttpMethods.IsGet(context.Request.Method))
            return next(context);
        var hasCookie = context.Request.Cookies.Keys.Any(name => name.EndsWith(Cookie, StringComparison.Ordinal));
        if (hasCookie && IsFromHere(context.Request))
        {
            context.Features.Set<IAntiforgeryValidationFeature>(new SentFromHere());
            return next(context);
        }

        context.Features.Set(new RefusedForm(context.Request.Path.Value ?? "/", hasCookie));
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>
    /// Whether the browser itself says that a page of this very host sends the form: then a token that does not fit is of another tab, or
    /// of whom somebody was before they signed in. Pages that keep their address to themselves are told by browsers as <c>null</c>.
    /// </summary>
    /// <seealso href="https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site" />
    private static bool IsFromHere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isOwn = origin == $"{request.Scheme}://{request.Host}";
        return site.Length > 0 ? site == "same-origin" && (isOwn || origin is "" or "null") : isOwn;
    }

    /// <summary>The pages in the place of a bare status or a failure are read, whatever was sent before: they ask for no token.</summary>
    public static void UseReadablePages(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var isInPlace = context.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (isInPlace)
        {
            context.Request.Method = HttpMethods.Get;
            context.SetEndpoint(null); // of the method before
        }

        return next(context);
    });
}

/// <summary>A form that was refused.</summary>
/// <param name="Path">The page it belongs to.</param>
/// <param name="HasCookie">Whether the browser brought the cookie that the portal gave it.</param>
internal sealed record RefusedForm(string Path, bool HasCookie);

/// <summary>What is known of a form that the browser vouches for.</summary>
internal sealed class SentFromHere : IAntiforgeryValidationFeature
{
    public bool IsValid => true;

    public Exception? Error => null;
}
