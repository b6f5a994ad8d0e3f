using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Registers Identity as the portal uses it.</summary>
public static class PortalIdentity
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds users with their passwords, codes and passkeys, and the services for the own account; signing in itself is the host's.
        /// </summary>
        public IdentityBuilder AddPortalIdentity()
        {
            services.AddScoped<OwnAccount>().AddScoped<SecondFactors>().AddScoped<FreshProof>().AddSingleton<AuthenticatorCodes>();
            return services.AddIdentityCore<AgencyUser>(options =>
                {
                    options.User.RequireUniqueEmail = true;
                    options.User.AllowedUserNameCharacters = ""; // whatever an address may hold
                    options.Password.RequiredLength = 10;
                    options.Password.RequireNonAlphanumeric = options.Password.RequireUppercase = options.Password.RequireLowercase =
                        options.Password.RequireDigit = false;
                    options.Lockout.MaxFailedAccessAttempts = 10;
                    options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                })
                .AddUserStore<PortalUserStore>().AddPasswordValidator<CommonPasswordValidator>().AddDefaultTokenProviders()
                .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        }
    }
}
