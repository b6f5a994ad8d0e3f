using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Audit;

/// <summary>Reads an agency's audit trail and verifies its chain; for main users only.</summary>
public sealed class AuditTrail(
    PortalDbContextFactory contexts, MasterKey master, AuditRecord record, IAgencyPeople users, TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>One page, newest first.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="query">The entries that are asked for.</param>
    /// <param name="before">Only entries older than this; null = from the newest.</param>
    /// <param name="size">How many, 1 to 100.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The page, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<AuditPage>> ListAsync(
        AgencyCaller caller, AuditQuery query, AuditEventId? before, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 100);
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var events = await Filtered(db, caller.Agency, query, before).Take(size + 1).ToListAsync(cancellationToken);
        var broken = await db.AuditEvents.AsNoTracking()
            .Where(e => e.AgencyId == caller.Agency && e.Kind == AuditKind.ChainBroken)
            .OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellationToken);
        return new AuditPage([.. events.Take(size)], events.Count > size, broken);
    }

    /// <summary>
    /// Everybody of the agency who may have acted: its users, and those removed since who left entries; each group by name.
    /// </summary>
    /// <returns>The people, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<IReadOnlyList<AuditPerson>>> ListPeopleAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var people = await users.ListAsync(caller.Agency, cancellationToken);
        var entries = db.AuditEvents.AsNoTracking().Where(e => e.AgencyId == caller.Agency && e.ActorKind == ActorKind.AgencyUser);
        var former = new List<AuditPerson>();
        // From one person to the next by the index: a query each, however many entries they left.
        for (var last = long.MinValue; await NextAsync(entries, last, cancellationToken) is { } id; last = id)
        {
            if (people.Any(p => p.Id == id)) continue;
            // As they were called last, if possible by themselves: a program that acts for them has its own name put behind theirs.
            var names = entries.Where(e => e.ActorId == id).OrderByDescending(e => e.Id).Select(e => e.ActorName);
            var own = await names.FirstOrDefaultAsync(n => !n.Contains(AgencyCaller.BeforeKey), cancellationToken);
            former.Add(new AuditPerson(id, own ?? await names.FirstAsync(cancellationToken), true));
        }

        people.AddRange(former.OrderBy(p => p.Name, StringComparer.CurrentCulture));
        return people;
    }

    private static Task<long?> NextAsync(IQueryable<AuditEvent> entries, long last, CancellationToken cancellationToken) =>
        entries.Where(e => e.ActorId > last).OrderBy(e => e.ActorId).Select(e => (long?)e.ActorId).FirstOrDefaultAsync(cancellationToken);

    /// <summary>All entries of a query, newest first, read piece by piece as they are taken; notes the export first.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="query">The entries that are asked for.</param>
    /// <param name="format">The file's format, for the note.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The entries, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<AuditExport>> ExportAsync(
        AgencyCaller caller, AuditQuery query, string format, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), AuditKind.AuditExported, caller.Actor, null, null, format));
        await db.SaveChangesAsync(cancellationToken);
        return new AuditExport(ReadAsync(caller.Agency, query, cancellationToken));
    }

    /// <summary>
    /// Walks the whole chain and says whether each entry is as it was written, none is missing, and none was put in; and whether the
    /// database still has what this node's <see cref="AuditRecord"/> knows.
    /// </summary>
    /// <returns>All that is wrong or nothing, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<AuditVerdict>> VerifyAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var entries = db.AuditEvents.AsNoTracking().Where(e => e.AgencyId == caller.Agency);
        // What was recorded is in the database, and what is chained lies before its end: each is read before the other.
        var recorded = record.Read(caller.Agency).ToLookup(mark => mark.Sequence, mark => mark.Seal);
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var unchained = await entries.LongCountAsync(e => e.Sequence == null || e.Sequence < 1, cancellationToken);
        var key = head?.TryUnwrap(master);
        var isProved = key is not null && head!.IsProvedBy(key);
        var walk = new AuditWalk(key, await KeyBeginsAsync(entries, key, cancellationToken), recorded);
        if (head is null) walk.Add(AuditBreakKind.EndMissing, 0);
        else if (key is null) walk.Add(AuditBreakKind.KeyChanged, 0);
        var end = isProved ? head!.Sequence : AuditChain.MaxEntries;
        for (var count = Batch; count == Batch;)
        {
            var from = walk.Sequence;
            var events = await entries.Where(e => e.Sequence > from && e.Sequence <= end).OrderBy(e => e.Sequence).Take(Batch)
                .ToListAsync(cancellationToken);
            foreach (var item in events) walk.Take(item);
            count = events.Count;
        }

        if (isProved && walk.Sequence < head!.Sequence) walk.Add(AuditBreakKind.Missing, walk.Sequence + 1);
        else if (key is not null && (!isProved || !walk.Seal.AsSpan().SequenceEqual(head!.Seal)))
            walk.Add(AuditBreakKind.EndChanged, walk.Sequence);
        var last = recorded.Select(marks => marks.Key).DefaultIfEmpty().Max();
        if (last > Math.Max(walk.Sequence, isProved ? head!.Sequence : 0)) walk.Add(AuditBreakKind.RolledBack, last);
        await AddForeignAsync(db, entries, walk, end, unchained, cancellationToken);
        return new AuditVerdict(walk.Checked, unchained, walk.Recorded, walk.Breaks);
    }

    /// <summary>
    /// The place from which on a chain is sealed under its present key: 0, or the newest entry that says that the key of before was lost.
    /// </summary>
    private static async Task<long> KeyBeginsAsync(IQueryable<AuditEvent> entries, byte[]? key, CancellationToken cancellationToken)
    {
        if (key is null) return 0;
        var notes = await entries.Where(e => e.Kind == AuditKind.ChainBroken && e.Sequence > 0)
            .OrderByDescending(e => e.Sequence).Take(Batch).ToListAsync(cancellationToken);
        return notes.Find(e => AuditFinding.Read(e.Detail) is { IsKeyLost: true } && AuditChain.IsSealed(key, [], e))?.Sequence ?? 0;
    }

    /// <summary>Looks for entries that have no place in the chain.</summary>
    private static async Task AddForeignAsync(
        PortalDbContext db, IQueryable<AuditEvent> entries, AuditWalk walk, long end, long unchained, CancellationToken cancellationToken)
    {
        if (await entries.Where(e => e.Sequence > end).OrderBy(e => e.Sequence).FirstOrDefaultAsync(cancellationToken) is { } behind)
        {
            // Unless it was written meanwhile: then the end has moved behind it in the same transaction.
            var now = await db.AuditHeads.AsNoTracking().Select(h => h.Sequence).SingleOrDefaultAsync(cancellationToken);
            if (behind.Sequence > now || behind.Sequence > AuditChain.MaxEntries)
                walk.Add(AuditBreakKind.Added, behind.Sequence!.Value, behind.At);
        }

        if (unchained < walk.Older) walk.Add(AuditBreakKind.OldMissing, 0);
        if (unchained <= walk.Older) return;
        var added = await entries.Where(e => e.Sequence == null || e.Sequence < 1).OrderByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancellationToken);
        walk.Add(AuditBreakKind.Added, 0, added?.At);
    }

    private async IAsyncEnumerable<AuditEvent> ReadAsync(
        AgencyId agency, AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
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
            var least = AuditEventId.From(TimeOrderedId.First(from) - 1);
            events = events.Where(e => e.Id > least);
        }

        var bound = query.Until is { } until ? AuditEventId.From(TimeOrderedId.First(until)) : AuditEventId.From(long.MaxValue);
        if (before is { } cursor && cursor < bound) bound = cursor;
        return events.Where(e => e.Id < bound).OrderByDescending(e => e.Id);
    }
}
