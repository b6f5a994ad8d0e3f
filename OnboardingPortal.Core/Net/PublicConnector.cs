using System.Net;
using System.Net.Sockets;

namespace OnboardingPortal.Core.Net;

/// <summary>
/// Opens connections to addresses that people typed: only to public ones, judged by what the name resolves to at the very moment of
/// connecting.
/// </summary>
/// <param name="resolve">Finds a name's addresses.</param>
public sealed class PublicConnector(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // What IANA keeps for special use, https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry; and
    // the address at which Azure answers its own machines,
    // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>
    /// Whether an address belongs to the public internet: not private, loopback, link-local, of a cloud's metadata service or otherwise
    /// special.
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(plain)) return false;
        return !Special.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>Finds a name's addresses; all of them must be public.</summary>
    /// <returns>The addresses; none when one of them is not public or the name has none.</returns>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal)) return IsPublic(literal) ? [literal] : [];
        try
        {
            var addresses = await resolve(host, cancellationToken);
            return addresses.All(IsPublic) ? addresses : [];
        }
        catch (SocketException)
        {
            return []; // no such name
        }
    }

    /// <summary>Connects for an HTTP client.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="exempt">An address of the portal itself that may be called though it is not public; null = none.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="HttpRequestException">The name resolves to something that is not public, or to nothing.</exception>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Uri? exempt, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var port = context.DnsEndPoint.Port;
        var isExempt = exempt is not null && exempt.IdnHost == host && exempt.Port == port;
        return await OpenAsync(
            isExempt ? await resolve(host, cancellationToken) : await ResolveAsync(host, cancellationToken), port, cancellationToken);
    }

    /// <summary>Connects for an HTTP client.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="mayStayHere">Whether this very machine may be called, too, by a name that always means it; see
    /// <see cref="LoopbackOf"/>.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="HttpRequestException">The name resolves to something that may not be called, or to nothing.</exception>
    internal async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, bool mayStayHere, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var port = context.DnsEndPoint.Port;
        var addresses = mayStayHere ? LoopbackOf(host) : [];
        return await OpenAsync(addresses.Count > 0 ? addresses : await ResolveAsync(host, cancellationToken), port, cancellationToken);
    }

    /// <summary>
    /// This machine's own addresses that a host always means, whatever a name server says: <c>localhost</c>, names that end with it (RFC
    /// 6761, section 6.3) and loopback addresses. None for any other.
    /// </summary>
    internal static IReadOnlyList<IPAddress> LoopbackOf(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) ? [address] : [];
    }

    private static async Task<Stream> OpenAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        if (addresses.Count == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The name does not lead to a public address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
