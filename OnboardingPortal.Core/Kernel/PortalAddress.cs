using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// Where the portal is reached. Links and callbacks come from here alone, never from what a caller puts into a Host header.
/// </summary>
public sealed class PortalAddress(IOptions<PortalOptions> options, IServer server)
{
    /// <summary>What people's browsers use, with a trailing slash.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured and the server does not listen yet.</exception>
    public Uri Public => options.Value.PublicUrl is { } configured ? WithSlash(configured) : Listening;

    /// <summary>What this process itself can call, with a trailing slash.</summary>
    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
    public Uri Listening
    {
        get
        {
            var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?? throw new InvalidOperationException("The server does not listen yet.");
            return new Uri(BindingAddress(first), UriKind.Absolute);
        }
    }

    /// <summary>The same address on an agency's own host.</summary>
    /// <param name="host">As <c>PublicHosts.Read</c> gives it.</param>
    public Uri On(string host) => new UriBuilder(Public) { Host = host }.Uri;

    /// <summary>The hosts this process listens on, as its configuration names them.</summary>
    public IEnumerable<string> ListeningHosts =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(a => Microsoft.AspNetCore.Http.BindingAddress.Parse(a).Host) ?? [];

    /// <summary>Where an address leads that may be within the portal: a relative one is called at <see cref="Listening"/>.</summary>
    public Uri Resolve(Uri address) => address.IsAbsoluteUri ? address : new Uri(Listening, address);

    /// <summary>The address to keep: what lies within the portal is kept without its host, which changes from start to start.</summary>
    public Uri ToKeep(Uri address) => Listening.IsBaseOf(address)
        ? new Uri("/" + Listening.MakeRelativeUri(address), UriKind.Relative)
        : address;

    private static Uri WithSlash(Uri uri) => uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");

    private static string BindingAddress(string address)
    {
        var binding = Microsoft.AspNetCore.Http.BindingAddress.Parse(address);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : binding.Host;
        return $"{binding.Scheme}://{host}:{binding.Port}/";
    }
}
