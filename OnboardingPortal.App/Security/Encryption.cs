using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OnboardingPortal.App.Hosting.Health;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Where people reach the portal by https, its cookies never travel in the clear and belong to its host alone, whatever stands between it
/// and them; browsers do not come back by http.
/// </summary>
internal static class Encryption
{
    public static IServiceCollection AddEncryption(this IServiceCollection services)
    {
        foreach (var scheme in new[] { IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme })
        {
            services.AddOptions<CookieAuthenticationOptions>(scheme)
                .PostConfigure<IOptions<PortalOptions>>((options, portal) => Bind(options.Cookie, portal.Value));
        }

        services.AddOptions<AntiforgeryOptions>()
            .PostConfigure<IOptions<PortalOptions>>((options, portal) => Bind(options.Cookie, portal.Value));
        return services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
    }

    /// <summary>
    /// Requests reach the portal by a proxy that ends https. One that <c>Portal:Proxies</c> names says by what they came: who came by http
    /// is led to https. Without one named, all count as if they had come by https.
    /// </summary>
    public static void UseEncryption(this WebApplication app, bool isToldByProxies)
    {
        if (app.Services.GetRequiredService<IOptions<PortalOptions>>().Value is not { IsEncrypted: true } portal) return;
        app.Use((context, next) =>
        {
            // Probes ask a node by itself, which no https reaches.
            if (context.Request.IsHttps || context.Request.Path.StartsWithSegments(HealthEndpoints.Path)) return next(context);
            if (!isToldByProxies)
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            }

            var there = new UriBuilder(portal.PublicUrl!)
            {
                Host = context.Request.Host.Host,
                Path = context.Request.PathBase + context.Request.Path
            };
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = there.Uri.AbsoluteUri + context.Request.QueryString;
            return Task.CompletedTask;
        });
    }

    private static void Bind(CookieBuilder cookie, PortalOptions portal)
    {
        if (!portal.IsEncrypted) return;
        cookie.Name = HostCookie.Prefix + cookie.Name;
        cookie.Path = "/";
        cookie.SecurePolicy = CookieSecurePolicy.Always;
    }
}
