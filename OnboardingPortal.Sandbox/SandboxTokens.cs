using System.Buffers.Text;
using System.Security.Cryptography;

namespace OnboardingPortal.Sandbox;

/// <summary>Issues, finds and ends the tokens of all stand-in platforms.</summary>
public sealed class SandboxTokens(SandboxState state, TimeProvider clock)
{
    /// <summary>Remembers a new token. One that has the same value, dead or alive, is forgotten.</summary>
    /// <remarks><c>life</c>: Null for a token that never expires.</remarks>
    public SandboxToken Issue(string platform, string person, string value, TimeSpan? life)
    {
        var now = clock.GetUtcNow();
        var token = new SandboxToken(RandomText(9), value, platform, person, now) { ExpiresAt = now + life };
        Add(token);
        return token;
    }

    /// <inheritdoc cref="Issue" />
    internal void Add(SandboxToken token) => state.Change(data =>
    {
        data.Tokens.RemoveAll(t => t.Value == token.Value);
        data.Tokens.Add(token);
    });

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
    public void RevokeAll(string platform, string person) => state.Change(data =>
    {
        var now = clock.GetUtcNow();
        foreach (var token in Of(data, platform, person).Where(t => !(t.RevokedAt <= now)))
            token.RevokedAt = now;
        foreach (var token in data.RefreshTokens.Where(t => t.Platform == platform && t.Person == person && !(t.RevokedAt <= now)))
            token.RevokedAt = now;
    });

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
            g.Any(t => t.IsLive(clock.GetUtcNow()))
                ? TokenHealth.Live
                : g.All(t => t.RevokedAt <= clock.GetUtcNow()) ? TokenHealth.Revoked : TokenHealth.Expired,
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
