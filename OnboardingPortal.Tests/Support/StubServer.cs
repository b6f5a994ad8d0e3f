using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace OnboardingPortal.Tests.Support;

/// <summary>A server that only says where it would listen.</summary>
public sealed class StubServer : IServer
{
    public const string Address = "http://127.0.0.1:5080/";

    public StubServer()
    {
        var addresses = new ServerAddressesFeature();
        addresses.Addresses.Add(Address);
        Features.Set<IServerAddressesFeature>(addresses);
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
