using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace OnboardingPortal.App.Security;

/// <summary>Forms without the token of their page are refused before anything reads them, with a page that says so.</summary>
internal static class FormTokens
{
    public static void UseFormTokens(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || HttpMethods.IsGet(context.Request.Method)) return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>The pages in the place of a bare status or a failure are read, whatever was sent before: they ask for no token.</summary>
    public static void UseReadablePages(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var isInPlace = context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (isInPlace)
        {
            context.Request.Method = HttpMethods.Get;
            context.SetEndpoint(null); // of the method before
        }

        return next(context);
    });
}
