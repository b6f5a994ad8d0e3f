using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>Registers the platform.</summary>
public static class HubSpotServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="HubSpotClient"/>; a host with bad <see cref="HubSpotOptions"/> does not start.</summary>
        public IServiceCollection AddHubSpot()
        {
            services.AddOptions<HubSpotOptions>().BindConfiguration(HubSpotOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<HubSpotOptions>, HubSpotOptionsValidator>();
            services.AddPlatformHttpClient<HubSpotClient>();
            return services;
        }
    }
}
