namespace OnboardingPortal.Core.Audit;

/// <summary>Which entries of the audit trail.</summary>
/// <param name="Topic">About what; null = about anything.</param>
/// <param name="Actor">Which kind of person acted; null = any.</param>
/// <param name="ActorId">Which agency user, with <see cref="ActorKind.AgencyUser"/>; null = any.</param>
/// <param name="From">Not before, UTC; null = from the beginning.</param>
/// <param name="Until">Before, UTC; null = to now.</param>
public sealed record AuditQuery(AuditTopic? Topic = null, ActorKind? Actor = null, long? ActorId = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>Somebody of the agency who may have acted.</summary>
/// <param name="Id">The agency user's id, for <see cref="AuditQuery.ActorId"/>.</param>
/// <param name="Name">What they are called, or were called last; hostile text.</param>
/// <param name="IsFormer">Whether they were removed.</param>
public sealed record AuditPerson(long Id, string Name, bool IsFormer);

/// <summary>A page of the audit trail.</summary>
/// <param name="Events">Newest first.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Events, bool HasOlder);

/// <summary>An export of the audit trail.</summary>
/// <param name="Events">Newest first, read from the database as they are taken.</param>
public sealed record AuditExport(IAsyncEnumerable<AuditEvent> Events);

/// <summary>What the verifier found.</summary>
/// <param name="Checked">How many entries of the chain are as they were written.</param>
/// <param name="Unchained">How many entries are older than the chain and cannot be checked.</param>
/// <param name="Broken">Where the chain breaks; null = nowhere.</param>
public sealed record AuditVerdict(long Checked, long Unchained, AuditBreak? Broken);

/// <summary>A place where the chain of audit entries breaks.</summary>
/// <param name="Kind">How.</param>
/// <param name="Sequence">The entry's place in the chain, from 1; of missing ones the first.</param>
/// <param name="At">When the entry says it was written, UTC; null when it is missing.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long Sequence, DateTimeOffset? At);

/// <summary>How a chain of audit entries breaks.</summary>
public enum AuditBreakKind
{
    /// <summary>An entry no longer says what it said.</summary>
    Changed,

    /// <summary>An entry is gone.</summary>
    Missing,

    /// <summary>An entry was put in that the portal did not write.</summary>
    Added,

    /// <summary>The record of the chain's end is gone or was changed.</summary>
    EndChanged,
}
