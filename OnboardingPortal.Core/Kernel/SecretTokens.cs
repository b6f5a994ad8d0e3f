using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.Core.Kernel;

/// <summary>The random values that let somebody in: in addresses, cookies and keys. The database keeps their hash alone.</summary>
public static class SecretTokens
{
    /// <summary>SHA-256 of a token as it stands in a link. Any text has one, so a wrong token costs as much as a right one.</summary>
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>A new random value of 256 bits: 43 characters of base64url.</summary>
    internal static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
