using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Sandbox.Accounts;

namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>
/// The keys that people copy out of their accounts. A key counts as connected from its first use, so that it can be taken back like a
/// token; the account then shows another one, as after a reset.
/// </summary>
public sealed class ActiveCampaignKeys(SandboxState state, SandboxTokens tokens, TimeProvider clock)
{
    /// <summary>The key that works at present.</summary>
    public string Of(AccountPerson person)
    {
        var now = clock.GetUtcNow();
        var resets = state.Read(data => data.Tokens.Count(t => t.Platform == person.Platform && t.Person == person.Key && !t.IsLive(now)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sandbox|{person.Key}|{resets}")))[..32];
    }

    /// <summary>Whether the key is the person's, and not one from before a reset.</summary>
    public bool IsGood(AccountPerson person, string key)
    {
        if (key != Of(person))
            return false;
        if (tokens.Find(person.Platform, key) is null)
            tokens.Issue(person.Platform, person.Key, key, life: null);
        return true;
    }
}
