using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.DataSync;

/// <summary>One plan or run of a sync.</summary>
internal sealed class SyncRun : IAgencyOwned
{
    private SyncRun()
    {
    }

    public SyncRun(SyncRunId id, AgencyId agency, AudienceSyncId sync, SyncRunKind kind, string? by, DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        SyncId = sync;
        Kind = kind;
        By = by;
        BegunAt = now;
    }

    public SyncRunId Id { get; private set; }

    public AgencyId AgencyId { get; private set; }

    public AudienceSyncId SyncId { get; private set; }

    public SyncRunKind Kind { get; private set; }

    public SyncRunState State { get; private set; } = SyncRunState.Waiting;

    public string? By { get; private set; }

    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>When its first turn began, UTC.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How many turns it had: what a node holds in memory counts only when nobody else had a turn since.</summary>
    public int Turns { get; private set; }

    /// <summary>Whether it replaces all people of the audience; else it sends what has changed.</summary>
    public bool Replaces { get; private set; }

    /// <summary>The session of the replacement that is under way; null when there is none.</summary>
    public long? Session { get; private set; }

    /// <summary>When that session's first batch left, UTC.</summary>
    public DateTimeOffset? SessionAt { get; private set; }

    /// <summary>When its last batch was confirmed, UTC: since then Facebook is at work.</summary>
    public DateTimeOffset? SettlesSince { get; private set; }

    /// <summary>When Facebook was done with it, UTC: the session is all of the audience.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>How often it began anew because Facebook lost a session.</summary>
    public int Restarts { get; private set; }

    public long? Expected { get; private set; }

    public long Read { get; private set; }

    public long Valid { get; private set; }

    public long OptedOut { get; private set; }

    public long Unchanged { get; private set; }

    public long Added { get; private set; }

    public long Removed { get; private set; }

    public long Rejected { get; private set; }

    public long? Matched { get; private set; }

    public IReadOnlyDictionary<SkipReason, long> Skipped { get; private set; } = new Dictionary<SkipReason, long>();

    public int Calls { get; private set; }

    public string? Hash { get; private set; }

    /// <summary>The hash of the plan that was accepted; another <see cref="Hash"/> tells that the list changed in between.</summary>
    public string? PlanHash { get; init; }

    /// <summary>How many seconds a run would take as far as can be told; of plans.</summary>
    public long? TakesSeconds { get; private set; }

    public SyncProblem? Problem { get; private set; }

    public string? ProblemDetail { get; private set; }

    public SyncCounts Counts => new(Expected, Read, Valid, OptedOut, Unchanged, Added, Removed, Rejected, Matched, Skipped);
}
