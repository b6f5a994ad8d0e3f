namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>A custom audience, as <c>sandbox.json</c> keeps it; its people lie in a file of their own.</summary>
/// <remarks><c>AdAccount</c>: <c>act_…</c>.</remarks>
public sealed class FacebookAudience
{
    public required string Id { get; init; }
    public required string AdAccount { get; init; }
    public required string Name { get; set; }

    /// <summary>Whether it has had another name.</summary>
    public bool IsRenamed { get; set; }

    public string Description { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When people were sent first; null before.</summary>
    public DateTimeOffset? FilledAt { get; set; }

    /// <summary>Which of its files holds its people: a replacement has a file of its own until it is complete.</summary>
    public int Generation { get; set; }

    public FacebookReplacement? Replacement { get; set; }

    /// <summary>Whether the last replacement did not end well.</summary>
    public bool IsReplaceFailed { get; set; }

    public List<FacebookAudienceSession> Sessions { get; init; } = [];
}

/// <summary>All of an audience's people on their way.</summary>
public sealed class FacebookReplacement
{
    public required long Session { get; init; }
    public required int Generation { get; init; }

    /// <summary>When its last batch came; null before.</summary>
    public DateTimeOffset? CompletedAt { get; set; }
}

/// <summary>Numbered batches that belong together.</summary>
public sealed class FacebookAudienceSession
{
    /// <summary>How long a session takes batches, from its first one.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(90);

    public required long Id { get; init; }
    public required bool IsReplacement { get; init; }
    public required string Schema { get; init; }
    public required DateTimeOffset BegunAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public long Received { get; set; }
    public long Invalid { get; set; }
    public List<int> Batches { get; init; } = [];

    public bool IsOver(DateTimeOffset now) => EndedAt is not null || now >= BegunAt + Life;
}
