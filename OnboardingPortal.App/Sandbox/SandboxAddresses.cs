using Microsoft.Extensions.Options;
using OnboardingPortal.App.Sandbox.Facebook;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;

namespace OnboardingPortal.App.Sandbox;

/// <summary>Points the portal's platform clients at the stand-ins while <c>Platforms:Sandbox</c> is on.</summary>
internal static class SandboxAddresses
{
    public static IServiceCollection AddSandboxAddresses(this IServiceCollection services)
    {
        services.AddOptions<FacebookOptions>().PostConfigure<IOptions<PlatformsOptions>>((facebook, platforms) =>
        {
            if (!platforms.Value.Sandbox) return;
            (facebook.AppId, facebook.AppSecret) = (SandboxApp.FacebookAppId, SandboxApp.FacebookAppSecret);
            (facebook.ClientConfigurationId, facebook.AgencyConfigurationId) = (null, null);
            (facebook.LoginAddress, facebook.GraphAddress) = (Path(SandboxApp.FacebookPath), Path(SandboxApp.FacebookGraphPath));
            facebook.BusinessSettingsAddress = new Uri(FacebookBusinessSettingsEndpoints.Path, UriKind.Relative);
        });
        services.AddOptions<MailchimpOptions>().PostConfigure<IOptions<PlatformsOptions>>((mailchimp, platforms) =>
        {
            if (!platforms.Value.Sandbox) return;
            (mailchimp.ClientId, mailchimp.ClientSecret) = (SandboxApp.MailchimpClientId, SandboxApp.MailchimpClientSecret);
            mailchimp.LoginAddress = Path(SandboxApp.MailchimpPath);
        });
        return services;
    }

    private static Uri Path(string path) => new(path + "/", UriKind.Relative);
}
