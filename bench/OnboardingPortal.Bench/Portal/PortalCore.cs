using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails;

namespace OnboardingPortal.Bench.Portal;

/// <summary>The portal's own services, as it registers them, in this process and without its pages.</summary>
internal static class PortalCore
{
    /// <param name="folder">The data directory.</param>
    /// <param name="settings">Further ones.</param>
    public static ServiceProvider Open(string folder, params (string Name, string? Value)[] settings) => Open(folder, null, settings);

    /// <param name="folder">The data directory.</param>
    /// <param name="transport">Takes the mails instead of the configured one.</param>
    /// <param name="settings">Further ones.</param>
    public static ServiceProvider Open(string folder, IEmailTransport? transport, params (string Name, string? Value)[] settings)
    {
        var all = settings.Append(("Portal:DataDirectory", folder)).ToDictionary();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddSingleton<IServer, NoServer>();
        services.AddLogging().AddLocalization().AddPortalCore().AddMails();
        if (transport is not null) services.AddSingleton(transport);
        return services.BuildServiceProvider();
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
