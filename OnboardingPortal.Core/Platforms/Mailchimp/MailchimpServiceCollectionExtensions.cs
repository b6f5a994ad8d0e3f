using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Registers the platform.</summary>
public static class MailchimpServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="MailchimpClient"/>; a host with bad <see cref="MailchimpOptions"/> does not start.</summary>
        public IServiceCollection AddMailchimp()
        {
            services.AddOptions<MailchimpOptions>().BindConfiguration(MailchimpOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<MailchimpOptions>, MailchimpOptionsValidator>();
            services.AddPlatformHttpClient<MailchimpClient>();
            return services;
        }
    }
}
