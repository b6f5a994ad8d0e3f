using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Campaigns;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook;

internal static class FacebookServiceCollectionExtensions
{
    public static IServiceCollection AddFacebookStandIn(this IServiceCollection services) => services
        .AddSingleton<IStandIn, FacebookStandIn>()
        .AddSingleton<FacebookPermissions>().AddSingleton<FacebookSharing>().AddSingleton<FacebookTokens>()
        .AddSingleton<GraphGate>().AddSingleton<GraphTokens>().AddSingleton<GraphReads>().AddSingleton<GraphShares>()
        .AddSingleton<GraphAssignments>()
        .AddSingleton<AudienceStore>().AddSingleton<AudienceTroubles>().AddSingleton<AudienceLimits>()
        .AddSingleton(services => new AudienceMembers(services.GetRequiredService<AudienceStore>()))
        .AddSingleton<GraphAudienceGate>().AddSingleton<GraphAudiences>().AddSingleton<GraphAudiencePeople>()
        .AddSingleton<FacebookCampaigns>().AddSingleton<GraphCampaigns>();
}
