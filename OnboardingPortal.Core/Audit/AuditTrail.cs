using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Audit;

/// <summary>Reads an agency's audit trail and verifies its chain; for main users only.</summary>
public sealed class AuditTrail(PortalDbContextFactory contexts, MasterKey master, TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>One page, newest first.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="query">Which entries.</param>
    /// <param name="before">Only entries older than this; null = from the newest.</param>
    /// <param name="size">How many, 1 to 100.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The page, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<AuditPage>> ListAsync(AgencyCaller caller, AuditQuery query, AuditEventId? before, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 100);
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var events = await Filtered(db, caller.Agency, query, before).Take(size + 1).ToListAsync(cancellationToken);
        return new AuditPage([.. events.Take(size)], events.Count > size);
    }

    /// <summary>Everybody of the agency who may have acted: its users, and those removed since who left entries; each group by name.</summary>
    /// <returns>The people, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<IReadOnlyList<AuditPerson>>> ListPeopleAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var people = await db.Users.Where(u => u.AgencyId == caller.Agency).OrderBy(u => u.DisplayName).Select(u => new AuditPerson(u.Id, u.DisplayName, false)).ToListAsync(cancellationToken);
        var entries = db.AuditEvents.AsNoTracking().Where(e => e.AgencyId == caller.Agency && e.ActorKind == ActorKind.AgencyUser);
        var acted = await entries.Select(e => e.ActorId).Distinct().ToListAsync(cancellationToken);
        var former = new List<AuditPerson>();
        foreach (var id in acted.Except(people.Select(p => p.Id)))
        {
            // As they were called last, if possible by themselves: a program that acts for them has its own name put behind theirs.
            var names = entries.Where(e => e.ActorId == id).OrderByDescending(e => e.Id).Select(e => e.ActorName);
            var own = await names.FirstOrDefaultAsync(n => !n.Contains(AgencyCaller.BeforeKey), cancellationToken);
            former.Add(new AuditPerson(id, own ?? await names.FirstAsync(cancellationToken), true));
        }

        people.AddRange(former.OrderBy(p => p.Name, StringComparer.CurrentCulture));
        return people;
    }

    /// <summary>All entries of a query, newest first, read piece by piece as they are taken; notes the export first.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="query">Which entries.</param>
    /// <param name="format">The file's format, for the note.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The entries, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<AuditExport>> ExportAsync(AgencyCaller caller, AuditQuery query, string format, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), AuditKind.AuditExported, caller.Actor, null, null, format));
        await db.SaveChangesAsync(cancellationToken);
        return new AuditExport(ReadAsync(caller.Agency, query, cancellationToken));
    }

    /// <summary>Walks the whole chain and says whether each entry is as it was written, none is missing, and none was put in.</summary>
    /// <returns>The first break or none, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<AuditVerdict>> VerifyAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        // The end first: entries written meanwhile lie behind it and are left out.
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var unchained = await db.AuditEvents.LongCountAsync(e => e.Sequence == null, cancellationToken);
        if (head is null) return await db.AuditEvents.AnyAsync(e => e.Sequence != null, cancellationToken) ? Broken(0, AuditBreakKind.EndChanged, 0, null) : new AuditVerdict(0, unchained, null);
        byte[] key;
        try
        {
            key = head.Unwrap(master);
        }
        catch (CryptographicException)
        {
            return Broken(0, AuditBreakKind.EndChanged, head.Sequence, null); // the row was changed: the master key itself was proved at the start
        }

        var (sequence, seal) = (0L, Array.Empty<byte>());
        AuditEventId? first = null;
        while (true)
        {
            var (from, until) = (sequence, head.Sequence);
            var events = await db.AuditEvents.AsNoTracking().Where(e => e.AgencyId == caller.Agency && e.Sequence > from && e.Sequence <= until)
                .OrderBy(e => e.Sequence).Take(Batch).ToListAsync(cancellationToken);
            foreach (var item in events)
            {
                if (item.Sequence != sequence + 1) return Broken(sequence, AuditBreakKind.Missing, sequence + 1, null);
                var expected = AuditChain.SealOf(key, seal, sequence + 1, item);
                if (!CryptographicOperations.FixedTimeEquals(expected, item.Seal) || item.Topic != AuditTopics.TopicOf(item.Kind))
                {
                    return Broken(sequence, AuditBreakKind.Changed, sequence + 1, item.At);
                }

                (sequence, seal) = (sequence + 1, expected);
                first ??= item.Id;
            }

            if (events.Count < Batch) break;
        }

        if (sequence < head.Sequence) return Broken(sequence, AuditBreakKind.Missing, sequence + 1, null);
        if (!CryptographicOperations.FixedTimeEquals(seal, head.Seal) || !head.IsProvedBy(key)) return Broken(sequence, AuditBreakKind.EndChanged, sequence, null);
        // What is older than the chain has no place in it; anything younger was not written by the portal.
        var added = await db.AuditEvents.AsNoTracking().Where(e => e.Sequence == null && e.Id > first).OrderBy(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        return added is null ? new AuditVerdict(sequence, unchained, null) : Broken(sequence, AuditBreakKind.Added, sequence, added.At);

        AuditVerdict Broken(long good, AuditBreakKind kind, long at, DateTimeOffset? when) => new(good, unchained, new AuditBreak(kind, at, when));
    }

    private async IAsyncEnumerable<AuditEvent> ReadAsync(AgencyId agency, AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AuditEventId? before = null;
        while (true)
        {
            await using var db = contexts.Create(agency);
            var events = await Filtered(db, agency, query, before).Take(Batch).ToListAsync(cancellationToken);
            foreach (var item in events) yield return item;
            if (events.Count < Batch) yield break;
            before = events[^1].Id;
        }
    }

    private static IQueryable<AuditEvent> Filtered(PortalDbContext db, AgencyId agency, AuditQuery query, AuditEventId? before)
    {
        var events = db.AuditEvents.AsNoTracking().Where(e => e.AgencyId == agency);
        if (query.Topic is { } topic) events = events.Where(e => e.Topic == topic);
        if (query.Actor is { } actor) events = events.Where(e => e.ActorKind == actor);
        if (query.ActorId is { } id) events = events.Where(e => e.ActorId == id);
        // Ids rise with time: the period is a part of the index that the page is read from.
        if (query.From is { } from)
        {
            var least = new AuditEventId(TimeOrderedId.First(from) - 1);
            events = events.Where(e => e.Id > least);
        }

        var bound = query.Until is { } until ? new AuditEventId(TimeOrderedId.First(until)) : new AuditEventId(long.MaxValue);
        if (before is { } cursor && cursor < bound) bound = cursor;
        return events.Where(e => e.Id < bound).OrderByDescending(e => e.Id);
    }
}
