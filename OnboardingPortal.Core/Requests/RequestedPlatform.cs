namespace OnboardingPortal.Core.Requests;

/// <summary>A platform that a request asks for.</summary>
public sealed class RequestedPlatform
{
    /// <summary>The most UTF-16 code units of <see cref="DeclineText"/>.</summary>
    public const int DeclineTextMaxLength = 500;

    private RequestedPlatform()
    {
    }

    internal RequestedPlatform(PlatformKey platform, int position)
    {
        Platform = platform;
        Position = position;
    }

    /// <summary>Which platform.</summary>
    public PlatformKey Platform { get; private set; }

    /// <summary>Its place among the request's platforms, from 0; all 0 in requests from before it was kept.</summary>
    public int Position { get; internal set; }

    /// <summary>When the client said that they do not connect it, UTC; null while they did not.</summary>
    public DateTimeOffset? DeclinedAt { get; private set; }

    /// <summary>Why; null while they did not.</summary>
    public DeclineReason? DeclineReason { get; private set; }

    /// <summary>
    /// Why in the client's own words, at most <see cref="DeclineTextMaxLength"/> UTF-16 code units; hostile text, null = they said no more.
    /// </summary>
    public string? DeclineText { get; private set; }

    /// <summary>Why it was declined, also for rows from before reasons were kept; null while it was not.</summary>
    internal DeclineReason? Declined => DeclinedAt is null ? null : DeclineReason ?? Requests.DeclineReason.NotUsed;

    internal void Decline(DeclineReason reason, string? text, DateTimeOffset now)
    {
        DeclinedAt = now;
        DeclineReason = reason;
        DeclineText = text;
    }

    internal void Reclaim()
    {
        DeclinedAt = null;
        DeclineReason = null;
        DeclineText = null;
    }
}
