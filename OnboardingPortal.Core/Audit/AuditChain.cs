using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// Binds each audit entry to the one before it: its seal is HMAC-SHA256, under the agency's chain key, of the seal before and of all that
/// the entry says. Who changes, removes or slips in an entry in the database breaks the chain there. Entries are chained in the transaction
/// that writes them, one transaction of an agency after the other. A chain begins in the transaction that makes its agency and never again;
/// before each entry its end is proved and compared with the newest entry and with <see cref="AuditRecord"/>. What does not hold together
/// is said by an entry of <see cref="AuditKind.ChainBroken"/>, from which the chain goes on: nobody's work waits for it, and it is never
/// well again.
/// </summary>
public sealed partial class AuditChain(MasterKey master, AuditRecord record, TimeProvider clock, ILogger<AuditChain> logger)
{
    /// <summary>
    /// What stands beyond this place was put there by somebody else; behind it there is room for more entries than an agency ever writes.
    /// </summary>
    internal const long MaxEntries = long.MaxValue - (1L << 40);

    // behind a proved end, where the next entries go; what was put farther away is the verifier's to find
    private const long Reach = 1_000_000;

    private static readonly byte[] NoSeal = [];

    /// <summary>The end of a new agency's chain, before its first entry.</summary>
    internal AuditHead Begin(AgencyId agency) => new(agency, master);

    /// <summary>Keeps outside the database what was committed to it.</summary>
    internal void Note(IReadOnlyList<AuditMark> marks) => record.Note(marks);

    /// <summary>Chains new entries of each agency to its head, which the transaction holds until it ends.</summary>
    /// <returns>The newest entry of each agency, to be noted after the commit.</returns>
    internal async Task<IReadOnlyList<AuditMark>> AppendAsync(
        PortalDbContext db, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        // A context that saves more than once would be given its own old end again, whatever others have chained since.
        foreach (var old in db.ChangeTracker.Entries<AuditHead>().ToList()) old.State = EntityState.Detached;
        var marks = new List<AuditMark>();
        foreach (var ofAgency in events.GroupBy(e => e.AgencyId))
        {
            var (head, key) = await OpenAsync(db, ofAgency.Key, cancellationToken);
            foreach (var item in ofAgency.OrderBy(e => e.Id.Value)) Append(head, key, item);
            marks.Add(new AuditMark(ofAgency.Key, head.Sequence, head.Seal));
        }

        return marks;
    }

    private static void Append(AuditHead head, byte[] key, AuditEvent item)
    {
        var sequence = head.Sequence + 1;
        head.Move(sequence, SealOf(key, head.Seal, sequence, item), key);
        item.Chain(sequence, head.Seal);
    }

    /// <summary>The end of an agency's chain and its key, after whatever is wrong with it has been said.</summary>
    private async Task<(AuditHead Head, byte[] Key)> OpenAsync(PortalDbContext db, AgencyId agency, CancellationToken cancellationToken)
    {
        var found = await db.LockAuditHeadAsync(agency, cancellationToken);
        var head = found ?? await db.BeginAuditChainAsync(Begin(agency), cancellationToken);
        var isMissing = found is null && head.Sequence == 0; // unless another transaction was quicker
        var known = record.NewestOf(agency);
        var key = head.TryUnwrap(master);
        var isProved = !isMissing && key is not null && head.IsProvedBy(key);
        var newest = await NewestAsync(db, agency, isProved ? head.Sequence + Reach : MaxEntries, cancellationToken);
        var (kind, at) = isMissing ? (AuditBreakKind.EndMissing, newest.Sequence)
            : key is null ? (AuditBreakKind.KeyChanged, newest.Sequence)
            : !isProved ? (AuditBreakKind.EndChanged, newest.Sequence)
            : await CompareAsync(db, head, newest, known, cancellationToken);
        if (kind is not { } broken) return (head, key!);

        var unchained = await db.AuditEvents.IgnoreQueryFilters()
            .LongCountAsync(e => e.AgencyId == agency && (e.Sequence == null || e.Sequence < 1), cancellationToken);
        var finding = new AuditFinding(broken, at, unchained);
        LogBroken(agency, finding);
        key ??= head.Renew(master);
        // Behind all that was ever known: no place in the chain is given twice.
        var last = Math.Max(Math.Max(newest.Sequence, known?.Sequence ?? 0), isProved ? head.Sequence : 0);
        head.Move(last, NoSeal, key);
        var note = new AuditEvent(
            AuditEventId.New(clock), agency, clock.GetUtcNow(), AuditKind.ChainBroken, Actor.System, null, null, finding.ToString());
        Append(head, key, note);
        db.AuditEvents.Add(note);
        return (head, key);
    }

    /// <summary>Whether a proved end is that of the entries in the database, and none is older than what this node knows.</summary>
    private static async Task<(AuditBreakKind? Kind, long Sequence)> CompareAsync(
        PortalDbContext db, AuditHead head, AuditMark newest, AuditMark? known, CancellationToken cancellationToken)
    {
        if (newest.Sequence < head.Sequence) return (AuditBreakKind.Missing, newest.Sequence + 1);
        if (newest.Sequence > head.Sequence) return (AuditBreakKind.EndOlder, head.Sequence + 1);
        if (!newest.Seal.AsSpan().SequenceEqual(head.Seal)) return (AuditBreakKind.Changed, newest.Sequence);
        if (known is not { } mark) return (null, 0);
        if (mark.Sequence > head.Sequence) return (AuditBreakKind.RolledBack, mark.Sequence);
        // Usually the newest itself; another node may have gone on from it.
        var same = mark.Sequence == head.Sequence ? newest : await NewestAsync(db, head.AgencyId, mark.Sequence, cancellationToken);
        return same.Sequence == mark.Sequence && same.Seal.AsSpan().SequenceEqual(mark.Seal)
            ? (null, 0)
            : (AuditBreakKind.Differs, mark.Sequence);
    }

    private static async Task<AuditMark> NewestAsync(PortalDbContext db, AgencyId agency, long most, CancellationToken cancellationToken)
    {
        var newest = await db.AuditEvents.IgnoreQueryFilters().AsNoTracking()
            .Where(e => e.AgencyId == agency && e.Sequence > 0 && e.Sequence <= most)
            .OrderByDescending(e => e.Sequence).Select(e => new { e.Sequence, e.Seal }).FirstOrDefaultAsync(cancellationToken);
        return new AuditMark(agency, newest?.Sequence ?? 0, newest?.Seal ?? NoSeal);
    }

    /// <summary>
    /// Whether an entry has the seal that it must have after one with the seal <paramref name="before"/>; one of a break begins anew.
    /// </summary>
    internal static bool IsSealed(byte[] key, byte[] before, AuditEvent item) =>
        item is { Sequence: { } sequence, Seal: { } seal }
        && CryptographicOperations.FixedTimeEquals(SealOf(key, before, sequence, item), seal)
        && item.Topic == AuditTopics.TopicOf(item.Kind);

    /// <summary>The seal that an entry must have after one with the seal <paramref name="before"/>.</summary>
    internal static byte[] SealOf(byte[] key, byte[] before, long sequence, AuditEvent item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8))
        {
            writer.Write(before);
            writer.Write(sequence);
            writer.Write(item.Id.Value);
            writer.Write(item.AgencyId.Value);
            writer.Write(item.At.UtcTicks / TimeSpan.TicksPerMicrosecond); // as exact as PostgreSQL keeps it
            writer.Write(item.Kind.ToString());
            writer.Write(item.ActorKind.ToString());
            writer.Write(item.ActorId);
            writer.Write(item.ActorName);
            Write(item.Address);
            Write(item.RequestId?.ToString());
            Write(item.Platform?.Value);
            Write(item.Detail);

            void Write(string? text)
            {
                writer.Write(text is not null);
                writer.Write(text ?? "");
            }
        }

        return HMACSHA256.HashData(key, buffer.ToArray());
    }

    [LoggerMessage(EventId = 1404, Level = LogLevel.Critical, Message = "The audit trail of agency {Agency} was changed from outside: "
        + "{Finding}. An entry of it says so from now on")]
    private partial void LogBroken(AgencyId agency, AuditFinding finding);
}
