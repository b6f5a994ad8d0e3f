using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Sandbox.ActiveCampaign;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Google;
using OnboardingPortal.Sandbox.HubSpot;
using OnboardingPortal.Sandbox.Mailchimp;
using OnboardingPortal.Sandbox.Salesforce;

namespace OnboardingPortal.Sandbox;

/// <summary>Points the portal's platform clients at the stand-ins that are on, whatever else was configured for them.</summary>
internal static class SandboxAddresses
{
    public static IServiceCollection AddSandboxAddresses(this IServiceCollection services) => services
        .Rehearse<FacebookOptions>(FacebookApp.Section, FacebookApp.Configure)
        .Rehearse<MailchimpOptions>(MailchimpApp.Section, MailchimpApp.Configure)
        .Rehearse<SalesforceOptions>(SalesforceApp.Section, SalesforceApp.Configure)
        .Rehearse<HubSpotOptions>(HubSpotApp.Section, HubSpotApp.Configure)
        .Rehearse<ActiveCampaignOptions>(ActiveCampaignApp.Section, ActiveCampaignApp.Configure)
        .Rehearse<GoogleSheetsOptions>(GoogleApp.SheetsSection, GoogleApp.Configure)
        .Rehearse<GoogleAdsOptions>(GoogleApp.AdsSection, GoogleApp.Configure);

    /// <summary>The address of a stand-in as an option: what follows it is appended.</summary>
    public static Uri Within(string path) => new(path + "/", UriKind.Relative);

    private static IServiceCollection Rehearse<TOptions>(this IServiceCollection services, string section, Action<TOptions> configure)
        where TOptions : class
    {
        services.AddOptions<TOptions>().PostConfigure<IConfiguration>((options, configuration) =>
        {
            if (SandboxSwitch.IsOn(configuration, section))
                configure(options);
        });
        return services;
    }
}
