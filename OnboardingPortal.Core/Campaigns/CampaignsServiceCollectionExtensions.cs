using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>Registers campaigns.</summary>
internal static class CampaignsServiceCollectionExtensions
{
    /// <summary>Adds drafts of campaigns: making them, looking after them, their page for clients.</summary>
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddSingleton<CampaignTermsValidator>().AddSingleton<CampaignSignal>().AddSingleton<CampaignLinks>();
        services.AddSingleton<CampaignMaking>().AddSingleton<CampaignCheck>().AddSingleton<CampaignRemoval>();
        services.AddSingleton<CampaignNaming>().AddSingleton<CampaignAudiences>();
        services.AddSingleton(provider => new CampaignService(
            provider.GetRequiredService<PortalDbContextFactory>(), provider.GetRequiredService<FacebookCampaigns>(),
            provider.GetRequiredService<AgencyFacebookService>(), provider.GetRequiredService<CampaignMaking>(),
            provider.GetRequiredService<CampaignAudiences>(), provider.GetRequiredService<CampaignLinks>(),
            provider.GetRequiredService<CampaignTermsValidator>(), provider.GetRequiredService<CampaignSignal>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton(OldRows.Of(
            nameof(RetentionOptions.Campaigns), kept => kept.Campaigns,
            (db, first, _) => db.CampaignDrafts.Where(d => d.Id < CampaignDraftId.From(first)
                && (d.State == CampaignState.Removed || d.State == CampaignState.Gone
                    || (d.State == CampaignState.Refused && d.CampaignId == null))),
            d => d.Id));
    }
}
