using Microsoft.Extensions.DependencyInjection.Extensions;
using OnboardingPortal.App.Sandbox.ActiveCampaign;
using OnboardingPortal.App.Sandbox.Facebook;
using OnboardingPortal.App.Sandbox.Google;
using OnboardingPortal.App.Sandbox.HubSpot;
using OnboardingPortal.App.Sandbox.Mailchimp;
using OnboardingPortal.App.Sandbox.OAuth;
using OnboardingPortal.App.Sandbox.Salesforce;

namespace OnboardingPortal.App.Sandbox;

public static class SandboxServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the stand-in platforms, in the order of the overview. They cost nothing until <see cref="SandboxEndpoints.MapSandbox"/> maps them.</summary>
        public IServiceCollection AddSandbox(IConfiguration configuration)
        {
            services.Configure<SandboxOptions>(configuration.GetSection("Portal")).Configure<SandboxOptions>(configuration.GetSection("Sandbox"));
            services.AddRazorComponents();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<SandboxState>().AddSingleton<SandboxTokens>().AddSingleton<SandboxDisturbances>().AddSingleton<StandIns>();
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
