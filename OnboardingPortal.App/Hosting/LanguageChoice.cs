using System.Globalization;
using Microsoft.AspNetCore.Localization;
using OnboardingPortal.App.Features.Wizard;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Hosting;

/// <summary>
/// Which language a page is in: the signed-in user's own on the agency's pages, else what the person chose, else what the sender chose for
/// a client's page, else what the browser asks for.
/// </summary>
internal static class LanguageChoice
{
    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture("en");
        options.SupportedCultures = options.SupportedUICultures = [.. PortalLanguages.All.Select(CultureInfo.GetCultureInfo)];
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(ProfileChoiceAsync),
            new CookieRequestCultureProvider(),
            new CustomRequestCultureProvider(SenderChoiceAsync),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    /// <summary>
    /// Remembers a choice and goes back to where it was made. A user whose profile names a language has it changed there, too. A form, so
    /// that the address of a client's page, which is a secret, stands in no other one. It has no token: every page would differ by it, also
    /// those of links that nobody has. The browser says whether another site posts; one that does not brings no session from there.
    /// </summary>
    public static void MapLanguages(this IEndpointRouteBuilder app) =>
        app.MapPost("/language/{language}", async (HttpContext context, string language, OwnAccount account) =>
        {
            if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return Results.BadRequest();
            if (PortalLanguages.All.Contains(language))
            {
                context.Response.Cookies.Append(
                    CookieRequestCultureProvider.DefaultCookieName,
                    CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                    new CookieOptions
                    {
                        MaxAge = TimeSpan.FromDays(365),
                        HttpOnly = true,
                        SameSite = SameSiteMode.Lax,
                        Secure = context.Request.IsHttps,
                        IsEssential = true
                    });
                if (context.Features.Get<LiveSession>() is { Language: not null } session)
                {
                    var profile = await account.FindProfileAsync(session.Caller, context.RequestAborted);
                    await account.ChangeProfileAsync(session.Caller, profile with { Language = language }, context.RequestAborted);
                }
            }

            var to = await ReadPlaceAsync(context);
            return Results.LocalRedirect(LocalAddress.IsLocal(to) ? to! : "/");
        }).AllowAnonymous().DisableAntiforgery();

    private static async Task<string?> ReadPlaceAsync(HttpContext context)
    {
        try
        {
            return context.Request.HasFormContentType
                ? (await context.Request.ReadFormAsync(context.RequestAborted))["to"].ToString()
                : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null; // broken, or larger than a form may be
        }
    }

    private static Task<ProviderCultureResult?> ProfileChoiceAsync(HttpContext context) => Task.FromResult(
        context.Features.Get<LiveSession>()?.Language is { } language && !SecurityHeaders.IsClientPage(context.Request.Path)
            ? new ProviderCultureResult(language)
            : null);

    private static async Task<ProviderCultureResult?> SenderChoiceAsync(HttpContext context)
    {
        var links = context.RequestServices.GetRequiredService<LinkService>();
        var segments = context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var language = segments switch
        {
            ["r", "stop", var ticket] =>
                await context.RequestServices.GetRequiredService<ReminderStops>().FindLanguageAsync(ticket, context.RequestAborted),
            ["r", var token, ..] => await links.FindLanguageAsync(context.VisitOf(token)),
            ["onboarding", var id, ..] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                await links.FindLanguageAsync(RequestId.From(number), context.RequestAborted),
            _ => null,
        };
        return language is null ? null : new ProviderCultureResult(language);
    }
}
