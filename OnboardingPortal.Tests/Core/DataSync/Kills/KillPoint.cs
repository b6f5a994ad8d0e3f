namespace OnboardingPortal.Tests.Core.DataSync.Kills;

/// <summary>Where a node is killed, in the order in which a run comes by.</summary>
internal enum KillPoint
{
    /// <summary>The run is claimed and has not begun; in a first fill Facebook has made the audience, and nobody here has heard its id.</summary>
    RunBegins,

    /// <summary>A page of the list is read, and nothing has left.</summary>
    PageIsRead,

    /// <summary>A batch is about to be written down; in a first fill its session already is.</summary>
    BatchIsCut,

    /// <summary>A batch is written down and has not left.</summary>
    BatchIsWrittenDown,

    /// <summary>Facebook has a batch, and nobody here has heard the answer.</summary>
    BatchHasArrived,

    /// <summary>A batch is confirmed, and the next one has not begun.</summary>
    BatchIsConfirmed,

    /// <summary>Facebook has one more batch of the session, and nobody here has heard the answer.</summary>
    NextBatchHasArrived,

    /// <summary>Facebook has the last batch, and nobody here has heard the answer.</summary>
    LastBatchHasArrived,

    /// <summary>All is sent and confirmed, and the roster is as it was.</summary>
    AllIsConfirmed,

    /// <summary>The new roster is written beside the old one, which still counts.</summary>
    RosterIsWritten,

    /// <summary>The new roster counts, and the old one and the batches that it was made of are still there.</summary>
    RosterCounts,

    /// <summary>The run has ended, and the sync is not free of it.</summary>
    RunHasEnded,
}

/// <summary>What a run does.</summary>
internal enum KillMode
{
    /// <summary>Makes the audience and sends everybody by <c>usersreplace</c>.</summary>
    FirstFill,

    /// <summary>Sends what has changed by <c>users</c>: who left, who came, who opted out.</summary>
    Difference,

    /// <summary>Takes people out.</summary>
    Removal,
}

/// <summary>What a process is told to do until it is killed.</summary>
/// <param name="Point">Where its nodes stand still; null = nowhere: it ends by itself.</param>
/// <param name="Now">What its clocks begin at, UTC.</param>
/// <param name="Sandbox">Where the sandbox listens.</param>
/// <param name="Syncs">A node for each.</param>
internal sealed record KillableLife(KillPoint? Point, DateTimeOffset Now, Uri Sandbox, IReadOnlyList<KillableSync> Syncs);

/// <summary>A sync that was asked to run.</summary>
/// <param name="Name">Tells it from the others.</param>
/// <param name="Mode">What its run does.</param>
/// <param name="Settings">What its portal is configured with.</param>
/// <param name="Id">Its id.</param>
/// <param name="List">Whom its list holds.</param>
internal sealed record KillableSync(
    string Name, KillMode Mode, IReadOnlyDictionary<string, string?> Settings, long Id, IReadOnlyList<ListedPerson> List);
