using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Connections;

namespace OnboardingPortal.Core.Sharing;

/// <summary>Registers the sharing of ad accounts and Pages.</summary>
internal static class SharingServiceCollectionExtensions
{
    /// <summary>Adds sharing, and what looks afterwards whether the agency has what was shared.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services) =>
        services.AddSingleton<FacebookRecheck>()
            .AddSingleton<IFacebookUserFollower>(provider => provider.GetRequiredService<FacebookRecheck>())
            .AddSingleton<FacebookVerification>().AddSingleton<FacebookAssignment>().AddSingleton<FacebookSharing>();
}
