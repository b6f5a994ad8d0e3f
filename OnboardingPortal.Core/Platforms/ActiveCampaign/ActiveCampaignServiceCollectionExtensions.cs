using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Net;

namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>Registers the platform.</summary>
public static class ActiveCampaignServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds <see cref="ActiveCampaignClient"/> and <see cref="ActiveCampaignContacts"/>; they connect to public addresses only, since
        /// people type where to.
        /// </summary>
        public IServiceCollection AddActiveCampaign()
        {
            services.AddOptions<ActiveCampaignOptions>().BindConfiguration(ActiveCampaignOptions.Section);
            services.AddSingleton<ActiveCampaignAddress>();
            services.AddPlatformHttpClient<ActiveCampaignClient>(provider =>
            {
                var connector = provider.GetRequiredService<PublicConnector>();
                var addresses = provider.GetRequiredService<ActiveCampaignAddress>();
                return (context, cancellationToken) => connector.ConnectAsync(context, addresses.Sandbox, cancellationToken);
            });
            services.AddHttpClient(
                nameof(ActiveCampaignClient),
                (provider, http) => http.Timeout = provider.GetRequiredService<IOptions<ActiveCampaignOptions>>().Value.Timeout);
            return services.AddContactSource<ActiveCampaignContacts, ActiveCampaignClient>();
        }
    }
}
