namespace OnboardingPortal.Core.Audit;

/// <summary>Which entries of the audit trail.</summary>
/// <param name="Topic">About what; null = about anything.</param>
/// <param name="Actor">Which kind of person acted; null = any.</param>
/// <param name="ActorId">Which agency user, with <see cref="ActorKind.AgencyUser"/>; null = any.</param>
/// <param name="From">Not before, UTC; null = from the beginning.</param>
/// <param name="Until">Before, UTC; null = to now.</param>
public sealed record AuditQuery(
    AuditTopic? Topic = null, ActorKind? Actor = null, long? ActorId = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>Somebody of the agency who may have acted.</summary>
/// <param name="Id">The agency user's id, for <see cref="AuditQuery.ActorId"/>.</param>
/// <param name="Name">What they are called, or were called last; hostile text.</param>
/// <param name="IsFormer">Whether they were removed.</param>
public sealed record AuditPerson(long Id, string Name, bool IsFormer);

/// <summary>A page of the audit trail.</summary>
/// <param name="Events">Newest first.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
/// <param name="BrokenAt">When the portal last found the trail changed from outside, UTC; null = never.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Events, bool HasOlder, DateTimeOffset? BrokenAt);

/// <summary>An export of the audit trail.</summary>
/// <param name="Events">Newest first, read from the database as they are taken.</param>
public sealed record AuditExport(IAsyncEnumerable<AuditEvent> Events);

/// <summary>What the verifier found.</summary>
/// <param name="Checked">How many entries of the chain are as they were written.</param>
/// <param name="Unchained">How many entries are older than the chain and cannot be checked.</param>
/// <param name="Recorded">How many entries stand in this node's record outside the database as well, and are the same there.</param>
/// <param name="Breaks">Where the chain breaks, the first <see cref="MaxBreaks"/>; empty = nowhere.</param>
public sealed record AuditVerdict(long Checked, long Unchained, long Recorded, IReadOnlyList<AuditBreak> Breaks)
{
    /// <summary>The most breaks that are told of.</summary>
    public const int MaxBreaks = 10;

    /// <summary>The first break; null = none.</summary>
    public AuditBreak? Broken => Breaks.Count > 0 ? Breaks[0] : null;
}

/// <summary>A place where the chain of audit entries breaks.</summary>
/// <param name="Kind">How the chain breaks.</param>
/// <param name="Sequence">The entry's place in the chain, from 1; of missing ones the first.</param>
/// <param name="At">When the entry says it was written, UTC; null when it is missing.</param>
/// <param name="Note">The sealed entry by which the portal said so itself; null when it did not notice.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long Sequence, DateTimeOffset? At, AuditEvent? Note = null);

/// <summary>
/// How a chain of audit entries breaks. Stored by name in an <see cref="AuditFinding"/>: members may be added, never renamed.
/// </summary>
public enum AuditBreakKind
{
    /// <summary>An entry no longer says what it said.</summary>
    Changed,

    /// <summary>An entry is gone: the first of those that are.</summary>
    Missing,

    /// <summary>An entry was put in that the portal did not write.</summary>
    Added,

    /// <summary>The record of the chain's end was changed.</summary>
    EndChanged,

    /// <summary>The record of the chain's end is gone, and the chain's key with it; the newest entry is named.</summary>
    EndMissing,

    /// <summary>The chain's key was changed and does not open; the newest entry is named.</summary>
    KeyChanged,

    /// <summary>The record of the chain's end is an older one than the entries: the first entry behind it.</summary>
    EndOlder,

    /// <summary>The record outside the database knows a later entry than the database has: that entry.</summary>
    RolledBack,

    /// <summary>The record outside the database knows another entry at this place.</summary>
    Differs,

    /// <summary>Entries older than the chain are gone; their first place is 0.</summary>
    OldMissing,
}
