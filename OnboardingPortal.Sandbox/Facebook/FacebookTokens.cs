using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>Facebook's tokens: how long they live and what they look like.</summary>
public sealed class FacebookTokens(SandboxTokens tokens, FacebookPermissions permissions)
{
    /// <summary>Life of a token from the code exchange.</summary>
    public static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(90);

    /// <summary>Life of a token from <c>fb_exchange_token</c>.</summary>
    public static readonly TimeSpan LongLife = TimeSpan.FromDays(60);

    private const string Prefix = "EAAB";

    public SandboxToken Issue(string person, TimeSpan life) =>
        tokens.Issue(FacebookApp.Key, person, Prefix + SandboxTokens.RandomText(48), life);

    /// <summary>
    /// A long-lived token for a test person who gave every permission, for demo data that starts connected.
    /// The value is the same on every call, and valid again afterwards even if it had expired or been revoked.
    /// </summary>
    /// <remarks><c>personKey</c>: For example <see cref="FacebookAgencyAdmin.Key"/>.</remarks>
    public string IssueForDemo(string personKey)
    {
        var seed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(FacebookApp.Secret), Encoding.UTF8.GetBytes($"demo|{personKey}"));
        permissions.GrantAll(personKey);
        return tokens.Issue(FacebookApp.Key, personKey, Prefix + Base64Url.EncodeToString(seed), LongLife).Value;
    }
}
