using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>Who may do what.</summary>
internal static class PortalSecurity
{
    public static IServiceCollection AddPortalSecurity(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddPortalIdentity().AddSignInManager<PortalSignInManager>().AddClaimsPrincipalFactory<AgencyUserClaims>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PortalAddress>((options, address) =>
        {
            // The portal's own name, never the Host header: a passkey made here works here and nowhere else.
            options.ServerDomain = address.Public.Host;
            options.ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin && context.Origin == address.Public.GetLeftPart(UriPartial.Authority));
            options.UserVerificationRequirement = "required"; // the device asks for a finger or a PIN: two factors in one
            options.ResidentKeyRequirement = "required"; // no need to say first who one is
        });
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.TwoFactorUserIdScheme, options => options.Cookie.Name = "portal.sign-in");
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "portal.session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.LoginPath = "/account/login";
            options.AccessDeniedPath = "/account/denied";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = UserSessions.IdleLife;
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = SessionCheck.ValidateAsync;
            options.Events.OnRedirectToLogin = KnownAddresses.RedirectToLoginAsync;
            options.Events.OnRedirectToAccessDenied = SessionCheck.RedirectDenied;
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.AgencyUser, policy => Admitted(policy))
            .AddPolicy(Policies.MainUser, policy => Admitted(policy).RequireClaim(AgencyUserClaims.Role, nameof(AgencyRole.MainUser)))
            .SetFallbackPolicy(Admitted(new AuthorizationPolicyBuilder()).Build());
        services.AddRateLimiter(RateLimits.Configure);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = FormTokens.Cookie;
            options.Cookie.SameSite = SameSiteMode.Lax; // comes along with a link in webmail, so that a second tab has the same
        });
        services.AddEncryption();
        services.AddHttpContextAccessor();
        services.AddSingleton(
            provider => provider.GetRequiredService<IConfiguration>().GetSection(CircuitLimits.Section).Get<CircuitLimits>()
                ?? new CircuitLimits());
        services.AddSingleton<CircuitMetrics>().AddSingleton<OpenCircuits>().AddScoped<CircuitHandler, SessionCircuitHandler>();
        return services.AddSingleton<ParticipantCookie>().AddSingleton<KnownBrowsers>();

        static AuthorizationPolicyBuilder Admitted(AuthorizationPolicyBuilder policy) =>
            policy.RequireAuthenticatedUser().RequireClaim(AgencyUserClaims.Admission, SessionCheck.Full);
    }
}
