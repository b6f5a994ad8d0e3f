using System.Globalization;
using Microsoft.AspNetCore.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Languages;

/// <summary>Which language a page is in: what the person chose, else what the sender chose for a client's page, else what the browser asks for.</summary>
internal static class LanguageChoice
{
    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture("en");
        options.SupportedCultures = options.SupportedUICultures = [.. NewRequestValidator.Languages.Select(CultureInfo.GetCultureInfo)];
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider(),
            new CustomRequestCultureProvider(SenderChoiceAsync),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    /// <summary>Remembers a choice and goes back to where it was made.</summary>
    public static void MapLanguages(this IEndpointRouteBuilder app) => app.MapGet("/language/{language}", (HttpContext context, string language, string? to) =>
    {
        if (NewRequestValidator.Languages.Contains(language))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
        }

        return Results.LocalRedirect(LocalAddress.IsLocal(to) ? to! : "/");
    }).AllowAnonymous();

    private static async Task<ProviderCultureResult?> SenderChoiceAsync(HttpContext context)
    {
        var links = context.RequestServices.GetRequiredService<LinkService>();
        var segments = context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var language = segments switch
        {
            ["r", var token, ..] => await links.FindLanguageAsync(token),
            ["onboarding", var id, ..] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                await links.FindLanguageAsync(new RequestId(number), context.RequestAborted),
            _ => null,
        };
        return language is null ? null : new ProviderCultureResult(language);
    }
}
