using System.Net;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Whom a limit counts: an address of IPv4, or of IPv6 its first 64 bits, of which one household has at least as many as there are.
/// </summary>
internal static class Network
{
    private const int PrefixBytes = 8;

    public static string Of(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.GetAddressBytes() is not { Length: 16 } bytes) return address.ToString();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
