using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Answers an address that does not exist, and a method that an address does not take, before anybody is asked to sign in: the way to the
/// sign-in names where one came from, and that may be a client's link.
/// </summary>
internal static class KnownAddresses
{
    /// <summary>HEAD asks what GET would answer. Comes before routing; the server keeps the body of its answer back by itself.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    /// <summary>Comes after routing, before authorization.</summary>
    public static void UseKnownAddresses(this IApplicationBuilder app) => app.Use((context, next) => context.GetEndpoint() switch
    {
        null => RefuseAsync(context),
        RouteEndpoint => next(context),
        var refusal => RefuseMethodAsync(context, refusal), // routing's own answer to a known address and another method
    });

    /// <summary>
    /// Sends anybody who is not signed in there, and back to where they wanted to: to a page for users of agencies, which names its policy.
    /// What names none, as what the framework maps by itself, does not exist for them.
    /// </summary>
    public static Task RedirectToLoginAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var endpoint = context.HttpContext.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAuthorizeData>() is null) return RefuseAsync(context.HttpContext);
        var canBeGoneTo = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true;
        context.Response.Redirect(canBeGoneTo ? context.RedirectUri : context.RedirectUri.Split('?')[0]);
        return Task.CompletedTask;
    }

    /// <summary>Gives routing's own refusal of a method, with HEAD among those that are allowed wherever GET is.</summary>
    public static async Task RefuseMethodAsync(HttpContext context, Endpoint refusal)
    {
        await refusal.RequestDelegate!(context);
        var taken = context.Response.Headers.Allow.ToString().Split(", ");
        if (taken.Contains(HttpMethods.Get)) context.Response.Headers.Allow = string.Join(", ", taken.Append(HttpMethods.Head).Distinct());
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
