using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Registers the platform.</summary>
public static class FacebookServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="FacebookClient"/>; a host with bad <see cref="FacebookOptions"/> does not start.</summary>
        public IServiceCollection AddFacebook()
        {
            services.AddPlatform<FacebookClient, FacebookOptions, FacebookOptionsValidator>(FacebookOptions.Section);
            return services.AddSingleton<FacebookAssets>().AddSingleton<FacebookAccess>().AddSingleton<FacebookAudiences>()
                .AddSingleton<FacebookCampaigns>();
        }
    }
}
