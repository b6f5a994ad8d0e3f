using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>Registers the platform.</summary>
public static class HubSpotServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds <see cref="HubSpotClient"/> and <see cref="HubSpotContacts"/>; a host with bad <see cref="HubSpotOptions"/> does not start.
        /// </summary>
        public IServiceCollection AddHubSpot() => services
            .AddPlatform<HubSpotClient, HubSpotOptions, HubSpotOptionsValidator>(HubSpotOptions.Section)
            .AddContactSource<HubSpotContacts, HubSpotClient>();
    }
}
