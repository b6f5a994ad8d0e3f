using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Connect;

/// <summary>Registers the ways by which accounts are connected and disconnected.</summary>
internal static class ConnectServiceCollectionExtensions
{
    /// <summary>Adds signing in at a platform, connecting by a key, and what is done with connected accounts afterwards.</summary>
    public static IServiceCollection AddConnect(this IServiceCollection services) =>
        services.AddSingleton<ConnectService>().AddSingleton<ClientAccounts>().AddSingleton<KeyAccounts>()
            .AddSingleton<ConnectedAccounts>().AddSingleton<ConnectionList>();
}
