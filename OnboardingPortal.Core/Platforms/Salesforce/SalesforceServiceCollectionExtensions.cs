using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Registers the platform.</summary>
public static class SalesforceServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="SalesforceClient"/>; a host with bad <see cref="SalesforceOptions"/> does not start.</summary>
        public IServiceCollection AddSalesforce() => services
            .AddPlatform<SalesforceClient, SalesforceOptions, SalesforceOptionsValidator>(SalesforceOptions.Section)
            .AddContactSource<SalesforceContacts, SalesforceClient>();
    }
}
