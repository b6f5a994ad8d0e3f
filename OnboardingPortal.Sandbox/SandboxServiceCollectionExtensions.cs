using Microsoft.Extensions.DependencyInjection.Extensions;
using OnboardingPortal.Sandbox.ActiveCampaign;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Google;
using OnboardingPortal.Sandbox.HubSpot;
using OnboardingPortal.Sandbox.Mailchimp;
using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Sandbox.Salesforce;

namespace OnboardingPortal.Sandbox;

public static class SandboxServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the stand-in platforms, in the order of the overview. They cost nothing until <see cref="SandboxEndpoints.MapSandbox"/>
        /// maps them.
        /// </summary>
        public IServiceCollection AddSandbox(IConfiguration configuration)
        {
            services.Configure<SandboxOptions>(configuration.GetSection("Portal"))
                .Configure<SandboxOptions>(configuration.GetSection("Sandbox"));
            services.AddRazorComponents();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<SandboxState>().AddSingleton<SandboxTokens>().AddSingleton<SandboxDisturbances>()
                .AddSingleton<StandIns>().AddSingleton<SandboxContactLists>().AddSingleton<ContactDisturbances>();
            services.AddSingleton<SandboxSignIns>().AddSingleton<SandboxGrants>().AddSingleton<OAuthServices>();

            services.AddFacebookStandIn();
            services.AddSingleton<IStandIn, MailchimpStandIn>();
            services.AddSingleton<IStandIn, SalesforceStandIn>();
            services.AddSingleton<IStandIn, HubSpotStandIn>();
            services.AddSingleton<IStandIn, GoogleSheetsStandIn>();
            services.AddSingleton<IStandIn, GoogleAdsStandIn>();
            services.AddSingleton<IStandIn, ActiveCampaignStandIn>().AddSingleton<ActiveCampaignKeys>();
            return services.AddSandboxAddresses();
        }
    }
}
