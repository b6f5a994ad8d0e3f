namespace OnboardingPortal.Sandbox.OAuth;

/// <summary>What each sign-in gave: access tokens, and the refresh tokens that get the next ones.</summary>
public sealed class SandboxGrants(SandboxState state, SandboxTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan UntilTakenBack = TimeSpan.FromSeconds(10);

    /// <summary>The tokens for a code.</summary>
    public OAuthTokens Begin(OAuthStandIn platform, SandboxPerson person, AuthorizeRequest granted)
    {
        var life = person.Behaviour == SandboxBehaviour.TokenExpiresAtOnce ? TimeSpan.Zero : platform.AccessTokenLife;
        DateTimeOffset? end = person.Behaviour == SandboxBehaviour.TakesAccessBack ? clock.GetUtcNow() + UntilTakenBack : null;
        var grant = SandboxTokens.RandomText(9);
        var access = IssueAccess(platform, person, grant, granted.Scopes, life, end);
        if (!platform.GivesRefreshToken(granted))
            return new(access, null);

        var refresh = new SandboxRefreshToken(
            platform.NewRefreshToken(), platform.Key, person.Key, grant, granted.Scopes)
        { RevokedAt = end };
        state.Change(data => data.RefreshTokens.Add(refresh));
        return new(access, refresh.Value);
    }

    /// <summary>
    /// The refresh token behind a value, if it still works. One that was replaced ends everything that came of its sign-in.
    /// </summary>
    /// <remarks>Showing a replaced one means that two hold it, and nobody can tell which of them is the thief.</remarks>
    public SandboxRefreshToken? FindRefreshToken(string platform, string? value)
    {
        if (state.Read(data => data.RefreshTokens.Find(t => t.Platform == platform && t.Value == value)) is not { } token)
            return null;
        if (token.Replaced)
            Revoke(token.Grant);
        return token.RevokedAt <= clock.GetUtcNow() ? null : token;
    }

    /// <summary>The next access token; null when somebody else was quicker to use a refresh token that works once.</summary>
    public OAuthTokens? Refresh(OAuthStandIn platform, SandboxPerson person, SandboxRefreshToken token)
    {
        var value = token.Value;
        if (person.Behaviour == SandboxBehaviour.RotatesRefreshToken)
        {
            var next = token with { Value = platform.NewRefreshToken(), Replaced = false };
            var isFirst = state.Change(data =>
            {
                if (token.Replaced)
                    return false;
                data.RefreshTokens.Add(next);
                return token.Replaced = true;
            });
            if (!isFirst)
            {
                Revoke(token.Grant);
                return null;
            }

            value = next.Value;
        }

        return new(IssueAccess(platform, person, token.Grant, token.Scopes, platform.AccessTokenLife, token.RevokedAt), value);
    }

    /// <summary>Ends a grant by one of its tokens, whichever: everything that came of the sign-in dies.</summary>
    /// <returns>False when there is no such token that works.</returns>
    public bool Revoke(string platform, string? token)
    {
        var now = clock.GetUtcNow();
        var grant = state.Read(data =>
            data.RefreshTokens.Find(t => t.Platform == platform && t.Value == token && !(t.RevokedAt <= now))?.Grant
            ?? data.Tokens.Find(t => t.Platform == platform && t.Value == token && t.IsLive(now))?.Grant);
        if (grant is null)
            return false;
        Revoke(grant);
        return true;
    }

    private void Revoke(string grant) => state.Change(data =>
    {
        foreach (var token in data.Tokens.Where(t => t.Grant == grant))
            token.RevokedAt = clock.GetUtcNow();
        foreach (var token in data.RefreshTokens.Where(t => t.Grant == grant))
            token.RevokedAt = clock.GetUtcNow();
    });

    private SandboxToken IssueAccess(
        OAuthStandIn platform, SandboxPerson person, string grant, IReadOnlyList<string> scopes, TimeSpan? life, DateTimeOffset? end)
    {
        var now = clock.GetUtcNow();
        var token = new SandboxToken(SandboxTokens.RandomText(9), platform.NewAccessToken(), platform.Key, person.Key, now)
        {
            Grant = grant,
            Scopes = scopes,
            ExpiresAt = now + life,
            RevokedAt = end,
        };
        tokens.Add(token);
        return token;
    }
}

/// <summary>What a token endpoint hands out.</summary>
/// <remarks><c>RefreshToken</c>: Null where none was asked for.</remarks>
public sealed record OAuthTokens(SandboxToken Access, string? RefreshToken);
