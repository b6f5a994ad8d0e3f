using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>
/// Page tokens are derived from the person's token and signed instead of stored: listing Pages changes nothing.
/// They end when the person's token ends.
/// </summary>
internal static class GraphPageToken
{
    private const string Prefix = "EAAP";

    public static string Make(SandboxToken token, FacebookPage page)
    {
        var text = $"{token.Id}|{page.Id}";
        return Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{text}|{Sign(text)}"));
    }

    /// <summary>Null when the value is no Page token or was tampered with.</summary>
    public static (string TokenId, string PageId)? Read(string value)
    {
        if (!value.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(value.AsSpan(Prefix.Length)))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(value.AsSpan(Prefix.Length))).Split('|');
        return parts is [var tokenId, var pageId, var signature] && signature == Sign($"{tokenId}|{pageId}") ? (tokenId, pageId) : null;
    }

    private static string Sign(string text) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(FacebookApp.Secret), Encoding.UTF8.GetBytes(text)));
}
