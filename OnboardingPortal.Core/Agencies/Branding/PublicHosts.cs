using System.Globalization;
using System.Net;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Which host names are the portal's own, and which an agency may have.</summary>
public sealed class PublicHosts(PortalAddress address)
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The ASCII form of a host name in lower case, or null when it is none: addresses of the network are not names.</summary>
    public static string? Read(string host)
    {
        try
        {
            var ascii = Idn.GetAscii(host.Trim().TrimEnd('.')).ToLowerInvariant();
            return ascii.Length <= Branding.HostMaxLength && ascii.Contains('.', StringComparison.Ordinal)
                && Uri.CheckHostName(ascii) == UriHostNameType.Dns
                && !IPAddress.TryParse(ascii, out _) && !char.IsAsciiDigit(ascii[ascii.LastIndexOf('.') + 1])
                    ? ascii
                    : null;
        }
        catch (ArgumentException)
        {
            return null; // not even Unicode's rules for names allow it
        }
    }

    /// <summary>
    /// Whether a host is one under which the portal itself is reached: its public address, what it listens on, this machine.
    /// </summary>
    /// <param name="host">From a Host header, without port.</param>
    public bool IsPortals(string host) =>
        Loopback.Contains(host, StringComparer.OrdinalIgnoreCase)
        || string.Equals(host, address.Public.Host, StringComparison.OrdinalIgnoreCase)
        || address.ListeningHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    internal bool MayBeAnAgencys(string host) => Read(host) == host && !IsPortals(host);
}
