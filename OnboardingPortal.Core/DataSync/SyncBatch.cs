namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// One call that changes an audience: written down before it is made and again when it is confirmed. Its people stand in it as keyed hashes
/// until they are in the roster.
/// </summary>
internal sealed class SyncBatch : IAgencyOwned
{
    private SyncBatch()
    {
    }

    public SyncBatch(AudienceSync sync, SyncRunId run, SyncParcel parcel, DateTimeOffset now)
    {
        AgencyId = sync.AgencyId;
        SyncId = sync.Id;
        RunId = run;
        Session = parcel.Session;
        Sequence = parcel.Sequence;
        Action = parcel.Action;
        IsLast = parcel.IsLast;
        Rows = parcel.Rows.Count;
        Hash = parcel.Hash;
        Entries = parcel.Entries();
        SentAt = now;
    }

    public AgencyId AgencyId { get; private set; }

    public AudienceSyncId SyncId { get; private set; }

    public SyncRunId RunId { get; private set; }

    public long Session { get; private set; }

    public int Sequence { get; private set; }

    public SyncAction Action { get; private set; }

    public bool IsLast { get; private set; }

    public int Rows { get; private set; }

    /// <summary>SHA-256 of what is sent.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Its people as <see cref="Roster"/> has them; null once they are in the roster, or count no more.</summary>
    public byte[]? Entries { get; private set; }

    public SyncBatchState State { get; private set; } = SyncBatchState.Sending;

    public DateTimeOffset SentAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public long Invalid { get; private set; }
}

/// <summary>What a batch does. Stored by name.</summary>
internal enum SyncAction
{
    /// <summary>Adds people.</summary>
    Add,

    /// <summary>Takes people out.</summary>
    Remove,

    /// <summary>Is a part of all people of the audience.</summary>
    Replace,

    /// <summary>Takes people out of every audience of the ad account: they opted out.</summary>
    Everywhere,
}

/// <summary>What is known of a batch. Stored by name.</summary>
internal enum SyncBatchState
{
    /// <summary>It may have left.</summary>
    Sending,

    /// <summary>Facebook has it.</summary>
    Confirmed,

    /// <summary>Facebook did not take it.</summary>
    Refused,

    /// <summary>Nobody will learn whether Facebook has it: its people are in doubt.</summary>
    Unknown,
}

/// <summary>A part of what an audience holds by what was confirmed.</summary>
internal sealed class SyncRosterChunk : IAgencyOwned
{
    private SyncRosterChunk()
    {
    }

    public SyncRosterChunk(AgencyId agency, AudienceSyncId sync, int generation, int number, byte[] entries)
    {
        AgencyId = agency;
        SyncId = sync;
        Generation = generation;
        Number = number;
        Entries = entries;
    }

    public AgencyId AgencyId { get; private set; }

    public AudienceSyncId SyncId { get; private set; }

    public int Generation { get; private set; }

    public int Number { get; private set; }

    public byte[] Entries { get; private set; } = [];
}
