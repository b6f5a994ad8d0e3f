using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Registers the platform.</summary>
public static class SalesforceServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="SalesforceClient"/>; a host with bad <see cref="SalesforceOptions"/> does not start.</summary>
        public IServiceCollection AddSalesforce()
        {
            services.AddOptions<SalesforceOptions>().BindConfiguration(SalesforceOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<SalesforceOptions>, SalesforceOptionsValidator>();
            services.AddPlatformHttpClient<SalesforceClient>();
            return services;
        }
    }
}
