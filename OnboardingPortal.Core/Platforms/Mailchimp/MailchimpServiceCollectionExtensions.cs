using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Registers the platform.</summary>
public static class MailchimpServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds <see cref="MailchimpClient"/> and <see cref="MailchimpContacts"/>; a host with bad <see cref="MailchimpOptions"/> does not
        /// start.
        /// </summary>
        public IServiceCollection AddMailchimp() => services
            .AddPlatform<MailchimpClient, MailchimpOptions, MailchimpOptionsValidator>(MailchimpOptions.Section)
            .AddContactSource<MailchimpContacts, MailchimpClient>();
    }
}
