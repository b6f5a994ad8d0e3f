using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.App.Sandbox.Facebook;

namespace OnboardingPortal.App.Sandbox;

/// <summary>Issues, finds and ends the tokens of all stand-in platforms.</summary>
public sealed class SandboxTokens(SandboxState state, FacebookPermissions permissions, TimeProvider clock)
{
    /// <summary>Life of a Facebook token from the code exchange.</summary>
    public static readonly TimeSpan FacebookShortLife = TimeSpan.FromMinutes(90);

    /// <summary>Life of a Facebook token from <c>fb_exchange_token</c>.</summary>
    public static readonly TimeSpan FacebookLongLife = TimeSpan.FromDays(60);

    /// <summary>
    /// A long-lived token for a Facebook test person who gave every permission, for demo data that starts connected.
    /// The value is the same on every call, and valid again afterwards even if it had expired or been revoked.
    /// </summary>
    /// <remarks><c>personKey</c>: For example <see cref="FacebookAgencyAdmin.Key"/>.</remarks>
    public string IssueFacebook(string personKey)
    {
        var seed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SandboxApp.FacebookAppSecret), Encoding.UTF8.GetBytes($"demo|{personKey}"));
        var token = NewToken(SandboxPlatforms.Facebook, personKey, "EAAB" + Base64Url.EncodeToString(seed), FacebookLongLife);
        permissions.GrantAll(personKey);
        state.Change(data =>
        {
            data.Tokens.RemoveAll(t => t.Value == token.Value);
            data.Tokens.Add(token);
        });
        return token.Value;
    }

    /// <remarks><c>life</c>: Null for a token that never expires.</remarks>
    public SandboxToken Issue(string platform, string person, TimeSpan? life)
    {
        var value = platform == SandboxPlatforms.Facebook ? "EAAB" + RandomText(48) : RandomNumberGenerator.GetHexString(32, lowercase: true);
        var token = NewToken(platform, person, value, life);
        state.Change(data => data.Tokens.Add(token));
        return token;
    }

    /// <summary>A copy of the token with this value, dead or alive; null when there never was one.</summary>
    public SandboxToken? Find(string platform, string value) => Find(t => t.Platform == platform && t.Value == value);

    /// <summary>A copy of the token with this <see cref="SandboxToken.Id"/>; null when there never was one.</summary>
    public SandboxToken? FindById(string id) => Find(t => t.Id == id);

    public void Expire(string tokenId) => state.Change(data =>
    {
        foreach (var token in data.Tokens.Where(t => t.Id == tokenId))
            token.ExpiresAt = clock.GetUtcNow();
    });

    public void ExpireAll(string platform, string person) => state.Change(data =>
    {
        foreach (var token in Of(data, platform, person).Where(t => t.IsLive(clock.GetUtcNow())))
            token.ExpiresAt = clock.GetUtcNow();
    });

    /// <summary>What happens when a person removes the app in their account: nothing issued before works again.</summary>
    public void RevokeAll(string platform, string person)
    {
        state.Change(data =>
        {
            foreach (var token in Of(data, platform, person).Where(t => t.RevokedAt is null))
                token.RevokedAt = clock.GetUtcNow();
        });
        if (platform == SandboxPlatforms.Facebook)
            permissions.Forget(person);
    }

    public void FailNext(string platform, string person, int calls) =>
        state.Change(data => data.FailingCalls[$"{platform}/{person}"] = calls);

    /// <summary>Uses up one of the calls that are to fail.</summary>
    /// <returns>False when this call may go through.</returns>
    public bool TakeFailure(SandboxPerson person)
    {
        var key = $"{person.Platform}/{person.Key}";
        return state.Read(data => data.FailingCalls.ContainsKey(key)) && state.Change(data => Take(data.FailingCalls, key));
    }

    /// <summary>Who is connected, newest first.</summary>
    public IReadOnlyList<ConnectedAccount> ListAccounts() => state.Read(data => data.Tokens
        .GroupBy(t => (t.Platform, t.Person))
        .Select(g => new ConnectedAccount(
            g.Key.Platform, g.Key.Person, g.Max(t => t.IssuedAt),
            g.Any(t => t.IsLive(clock.GetUtcNow())) ? TokenHealth.Live : g.All(t => t.RevokedAt is not null) ? TokenHealth.Revoked : TokenHealth.Expired,
            data.FailingCalls.GetValueOrDefault($"{g.Key.Platform}/{g.Key.Person}")))
        .OrderByDescending(a => a.LastIssuedAt)
        .ToList());

    internal static string RandomText(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    private SandboxToken? Find(Predicate<SandboxToken> which) =>
        state.Read(data => data.Tokens.Find(which) is { } token ? token with { } : null);

    private static IEnumerable<SandboxToken> Of(SandboxData data, string platform, string person) =>
        data.Tokens.Where(t => t.Platform == platform && t.Person == person);

    private static bool Take(Dictionary<string, int> failing, string key)
    {
        if (!failing.TryGetValue(key, out var left))
            return false;
        if (left <= 1)
            failing.Remove(key);
        else
            failing[key] = left - 1;
        return true;
    }

    private SandboxToken NewToken(string platform, string person, string value, TimeSpan? life) =>
        new(RandomText(9), value, platform, person, clock.GetUtcNow()) { ExpiresAt = clock.GetUtcNow() + life };
}

/// <summary>Whether any token of an account still works.</summary>
public enum TokenHealth
{
    Live,
    Expired,
    Revoked,
}

/// <summary>A test person who connected an account.</summary>
public sealed record ConnectedAccount(string Platform, string Person, DateTimeOffset LastIssuedAt, TokenHealth Health, int FailingCalls);
