using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Campaigns;
using OnboardingPortal.Sandbox.OAuth;
using OnboardingPortal.Sandbox.Salesforce;

namespace OnboardingPortal.Sandbox;

/// <summary>Everything the stand-in platforms remember; the shape of <c>sandbox.json</c>.</summary>
public sealed class SandboxData
{
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(7);

    public List<SandboxSignIn> SignIns { get; init; } = [];
    public List<SandboxCode> Codes { get; init; } = [];
    public List<SandboxToken> Tokens { get; init; } = [];
    public List<SandboxRefreshToken> RefreshTokens { get; init; } = [];

    /// <summary>How many of the next calls fail, by platform and person (<c>facebook/all-well</c>).</summary>
    public Dictionary<string, int> FailingCalls { get; init; } = [];

    /// <summary>Where one in a hundred contacts has changed, by platform and person.</summary>
    public HashSet<string> ChangedContacts { get; init; } = [];

    /// <summary>Status of each permission that was ever asked for, by the person's key.</summary>
    public Dictionary<string, Dictionary<string, string>> FacebookPermissions { get; init; } = [];

    public List<SalesforceJob> SalesforceJobs { get; init; } = [];

    public List<FacebookShare> FacebookShares { get; init; } = [];
    public List<FacebookAssignment> FacebookAssignments { get; init; } = [];
    public List<FacebookAudience> FacebookAudiences { get; init; } = [];

    /// <summary>How many audiences there ever were: the next one's number.</summary>
    public long FacebookAudiencesMade { get; set; }

    /// <summary>Ad accounts whose trouble is over.</summary>
    public List<string> FacebookMended { get; init; } = [];
    public List<FacebookCampaign> FacebookCampaigns { get; init; } = [];
    public List<FacebookAdSet> FacebookAdSets { get; init; } = [];

    /// <summary>How many of the next answers to what makes a campaign or an ad set are lost.</summary>
    public int FacebookLostAnswers { get; set; }

    /// <summary>Which <see cref="CampaignTrouble"/> the next campaign meets; null = none.</summary>
    public int? FacebookCampaignTrouble { get; set; }

    /// <summary>Whether the demo was begun and is not told to its end, as when the portal was killed meanwhile.</summary>
    public bool IsDemoUnfinished { get; set; }

    /// <summary>Forgets what nobody can use any more, so that the file does not grow for ever.</summary>
    public void Prune(DateTimeOffset now)
    {
        SignIns.RemoveAll(s => s.ExpiresAt < now);
        Codes.RemoveAll(c => c.ExpiresAt < now - TimeSpan.FromHours(1)); // until then the refusal says why
        Tokens.RemoveAll(t => t.ExpiresAt < now - KeptAfterExpiry || t.RevokedAt < now - KeptAfterExpiry);
        RefreshTokens.RemoveAll(t => t.RevokedAt < now - KeptAfterExpiry);
        FacebookAudiences.ForEach(a => a.Sessions.RemoveAll(s => s.BegunAt < now - KeptAfterExpiry));
        SalesforceJobs.RemoveAll(j => j.CreatedAt < now - KeptAfterExpiry);
    }
}

/// <summary>A person who has signed in and not yet answered the consent page.</summary>
public sealed record SandboxSignIn(string Id, string Platform, string Person, AuthorizeRequest Request, DateTimeOffset ExpiresAt);

/// <summary>An authorization code: good once, for ten minutes, for the redirect address it was made for.</summary>
/// <remarks><c>Request</c>: What was granted, as the scopes say that are left in it.</remarks>
public sealed record SandboxCode(string Value, string Platform, string Person, AuthorizeRequest Request, DateTimeOffset ExpiresAt)
{
    public bool Used { get; set; }
}

/// <summary>An access token.</summary>
/// <remarks><c>Id</c>: Names the token where its value must not stand, as in the Page tokens derived from it.</remarks>
public sealed record SandboxToken(string Id, string Value, string Platform, string Person, DateTimeOffset IssuedAt)
{
    /// <summary>What ties the tokens of one sign-in together; null where there are no refresh tokens.</summary>
    public string? Grant { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>May lie ahead, for somebody who is going to take access back.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    public bool IsLive(DateTimeOffset now) => !(RevokedAt <= now) && !HasExpired(now);
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}

/// <summary>What gets a new access token when the last one has expired.</summary>
public sealed record SandboxRefreshToken(string Value, string Platform, string Person, string Grant, IReadOnlyList<string> Scopes)
{
    /// <summary>Whether a newer one took its place: from then on, showing it ends the grant.</summary>
    public bool Replaced { get; set; }

    /// <inheritdoc cref="SandboxToken.RevokedAt" />
    public DateTimeOffset? RevokedAt { get; set; }
}
