namespace OnboardingPortal.Core.Agencies;

/// <summary>A sign-in of a user in one browser. The browser's cookie names it; a cookie whose session has ended signs nobody in.</summary>
public sealed class UserSession : IAgencyOwned
{
    /// <summary>The most UTF-16 code units kept of <see cref="Browser"/>.</summary>
    public const int BrowserMaxLength = 200;

    private UserSession()
    {
    }

    internal UserSession(UserSessionId id, AgencyId agency, AgencyUserId user, string? address, string? browser, DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        UserId = user;
        Address = address;
        StartedAt = now;
        SeenAt = now;
        ProvedAt = now;
        Browser = browser is null ? "" : ForeignText.Fit(browser, BrowserMaxLength);
    }

    /// <summary>The session's id, which the cookie carries.</summary>
    public UserSessionId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Who signed in.</summary>
    public AgencyUserId UserId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When it was last used, UTC; noted every few minutes, not at each request.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>When its user last showed that it is them: by signing in, or since, UTC; null = before the portal noted it.</summary>
    public DateTimeOffset? ProvedAt { get; private set; }

    /// <summary>The network address it was last used from; null when unknown.</summary>
    public string? Address { get; private set; }

    /// <summary>What the browser calls itself (<c>User-Agent</c>); hostile text, may be empty.</summary>
    public string Browser { get; private set; } = "";

    /// <summary>When it was ended, UTC; null while alive.</summary>
    public DateTimeOffset? EndedAt { get; private set; }
}
