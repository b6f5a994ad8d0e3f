namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// One list of a client on its way to one audience. Nothing of a person is kept with it but keyed hashes (<see cref="SyncRosterChunk"/>,
/// <see cref="SyncBatch"/>), under a key of its own.
/// </summary>
internal sealed class AudienceSync : IAgencyOwned
{
    public const int NameMaxLength = 200;
    public const int ListMaxLength = 300;
    public const int FilterMaxLength = 2000;
    public const int LegalBasisMinLength = 10;
    public const int LegalBasisMaxLength = 500;
    public const int DetailMaxLength = 500;

    private AudienceSync()
    {
    }

    public AudienceSync(
        AudienceSyncId id, AgencyCaller by, SyncTerms terms, SyncPair pair, string audienceName, byte[] secret, DateTimeOffset now)
    {
        Id = id;
        AgencyId = by.Agency;
        CreatedAt = now;
        RequestId = pair.Request;
        AccountId = terms.Account;
        Platform = pair.Platform;
        AdRequestId = pair.AdRequest;
        AdAccountId = terms.AdAccount;
        AdAccount = pair.AdAccount;
        List = terms.List;
        ListName = ForeignText.Fit(terms.ListName, ListMaxLength);
        Filter = string.IsNullOrWhiteSpace(terms.Filter) ? null : terms.Filter;
        Audience = terms.Audience;
        AudienceName = ForeignText.Fit(audienceName, NameMaxLength);
        Columns = [.. terms.Columns.OrderBy(c => c.Key)];
        DefaultCountry = terms.DefaultCountry;
        LegalBasis = ForeignText.Readable(terms.LegalBasis);
        StatedBy = by.Name;
        StatedById = by.User;
        StatedAt = now;
        Every = terms.Every;
        Secret = secret;
    }

    public AudienceSyncId Id { get; private set; }

    public AgencyId AgencyId { get; private set; }

    /// <summary>The request that the list's account came through: who sees it sees the sync.</summary>
    public RequestId RequestId { get; private set; }

    public ConnectionId AccountId { get; private set; }

    public PlatformKey Platform { get; private set; }

    public string List { get; private set; } = "";

    public string ListName { get; private set; } = "";

    public string? Filter { get; private set; }

    /// <summary>The request that the ad account came through.</summary>
    public RequestId AdRequestId { get; private set; }

    public AssetId AdAccountId { get; private set; }

    /// <summary>Facebook's id of the ad account.</summary>
    public string AdAccount { get; private set; } = "";

    /// <summary>Facebook's id of the audience; null before it was made.</summary>
    public string? Audience { get; private set; }

    public string AudienceName { get; private set; } = "";

    /// <summary>When the making of the audience was begun, UTC: one whose answer was lost is looked for before another is made.</summary>
    public DateTimeOffset? AudienceBegunAt { get; private set; }

    /// <summary>When Facebook was first seen to say that the audience can be used, UTC.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    public IReadOnlyList<SyncColumn> Columns { get; private set; } = [];

    public string? DefaultCountry { get; private set; }

    public string LegalBasis { get; private set; } = "";

    public string StatedBy { get; private set; } = "";

    public AgencyUserId StatedById { get; private set; }

    public DateTimeOffset StatedAt { get; private set; }

    public SyncInterval Every { get; private set; }

    public SyncState State { get; private set; } = SyncState.New;

    public SyncProblem? Problem { get; private set; }

    public string? ProblemDetail { get; private set; }

    public DateTimeOffset? ProblemSince { get; private set; }

    /// <summary>When it last failed, UTC: what works since then lets it go on at once.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>How often in a row it failed.</summary>
    public int Failures { get; private set; }

    /// <summary>What it tries again when its time comes; null = a run of its schedule.</summary>
    public SyncRunKind? Retries { get; private set; }

    /// <summary>When the engine turns to it again, UTC; null = when somebody asks.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>The run under way; null when there is none.</summary>
    public SyncRunId? RunId { get; private set; }

    /// <summary>Whether somebody wants the run under way to end.</summary>
    public bool IsCancelled { get; private set; }

    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>The node that holds what was read so far in memory; another takes over when it does not come.</summary>
    public Guid? Node { get; private set; }

    /// <summary>The newest plan that has ended well and that nothing was sent after; null when there is none.</summary>
    public SyncRunId? PlanId { get; private set; }

    /// <summary>Whether a plan has ever ended well.</summary>
    public bool HasPlan { get; private set; }

    public DateTimeOffset? LastRunAt { get; private set; }

    /// <summary>The key of the hashes, sealed under the agency's.</summary>
    public byte[] Secret { get; private set; } = [];

    /// <summary>Which of the rosters in the database is the present one.</summary>
    public int Generation { get; private set; }

    /// <summary>How many people the audience holds by what was sent and confirmed.</summary>
    public long People { get; private set; }

    /// <summary>Whether only a replacement of all people can say again whom the audience holds.</summary>
    public bool MustReplace { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}
