using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.App.Security;

/// <summary>Who may do what.</summary>
internal static class PortalSecurity
{
    public static IServiceCollection AddPortalSecurity(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<AgencyUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = ""; // whatever an address may hold
                options.Password.RequiredLength = 10;
                options.Password.RequireNonAlphanumeric = options.Password.RequireUppercase = options.Password.RequireDigit = false;
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddEntityFrameworkStores<PortalDbContext>().AddSignInManager<PortalSignInManager>().AddDefaultTokenProviders().AddClaimsPrincipalFactory<AgencyUserClaims>();
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
            options.Events.OnRedirectToAccessDenied = SessionCheck.RedirectDenied;
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.AgencyUser, policy => Admitted(policy))
            .AddPolicy(Policies.MainUser, policy => Admitted(policy).RequireClaim(AgencyUserClaims.Role, nameof(AgencyRole.MainUser)))
            .SetFallbackPolicy(Admitted(new AuthorizationPolicyBuilder()).Build());
        services.AddRateLimiter(RateLimits.Configure);
        services.AddAntiforgery(options => options.Cookie.Name = "portal.antiforgery");
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection(CircuitLimits.Section).Get<CircuitLimits>() ?? new CircuitLimits());
        services.AddSingleton<OpenCircuits>().AddScoped<CircuitHandler, SessionCircuitHandler>();
        return services.AddSingleton<ParticipantCookie>();

        static AuthorizationPolicyBuilder Admitted(AuthorizationPolicyBuilder policy) => policy.RequireAuthenticatedUser().RequireClaim(AgencyUserClaims.Admission, SessionCheck.Full);
    }
}
