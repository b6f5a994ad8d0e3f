using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// The keys of syncs' hashes, sealed as credentials are, under the agency's key and for their row alone: with the agency's key they are
/// sealed anew, and without it what a roster holds says nothing.
/// </summary>
internal sealed class SyncSecrets(PortalDbContextFactory contexts, CredentialProtector protector) : ISealedRows
{
    private const int RowsAtATime = 200;

    /// <summary>A new key, sealed.</summary>
    public Task<byte[]> MakeAsync(AgencyId agency, AudienceSyncId sync, CancellationToken cancellationToken) => protector.ProtectAsync(
        agency, sync.Value, FacebookDefaults.Key,
        new PlatformCredentials(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SyncHasher.KeyLength)), null, null, null),
        cancellationToken);

    /// <summary>A sync's key.</summary>
    public async Task<byte[]> OpenAsync(AudienceSync sync, CancellationToken cancellationToken)
    {
        var held = await protector.UnprotectAsync(sync.AgencyId, sync.Id.Value, FacebookDefaults.Key, sync.Secret, cancellationToken);
        return Convert.FromBase64String(held.AccessToken);
    }

    public async Task<IReadOnlyList<SealedRow>> ListAsync(AgencyId agency, long after, CancellationToken cancellationToken)
    {
        var from = AudienceSyncId.From(after);
        await using var db = contexts.Create(agency);
        var rows = await db.AudienceSyncs.AsNoTracking().Where(s => s.Id > from).OrderBy(s => s.Id).Take(RowsAtATime)
            .Select(s => new { s.Id, s.Secret }).ToListAsync(cancellationToken);
        return [.. rows.Select(s => new SealedRow(s.Id.Value, FacebookDefaults.Key, s.Secret))];
    }

    public async Task<bool> ReplaceAsync(AgencyId agency, SealedRow row, byte[] secret, CancellationToken cancellationToken)
    {
        var (id, before) = (AudienceSyncId.From(row.Id), row.Secret);
        await using var db = contexts.Create(agency);
        return await db.AudienceSyncs.Where(s => s.Id == id && s.Secret == before)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Secret, secret), cancellationToken) > 0;
    }
}

/// <summary>
/// What audiences hold, in the database. Only what was confirmed gets in, in one way: the batches of a run are laid over the roster of
/// before, and the new roster takes its place in one step. Laying them over twice gives the same.
/// </summary>
internal sealed class RosterStore(PortalDbContextFactory contexts)
{
    private const int EntriesAChunk = 3_000; // 78 kilobytes: no large object

    /// <summary>Whom the audience holds.</summary>
    public Task<Roster> LoadAsync(AudienceSync sync, CancellationToken cancellationToken) =>
        LoadAsync(sync, new Roster(), cancellationToken);

    private async Task<Roster> LoadAsync(AudienceSync sync, Roster roster, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(sync.AgencyId);
        var now = await db.AudienceSyncs.Where(s => s.Id == sync.Id).Select(s => new { s.Generation, s.People })
            .SingleAsync(cancellationToken);
        roster.Reset();
        roster.Expect(now.People);
        var chunks = db.SyncRosters.AsNoTracking().Where(c => c.SyncId == sync.Id && c.Generation == now.Generation).OrderBy(c => c.Number)
            .Select(c => c.Entries);
        await foreach (var entries in chunks.AsAsyncEnumerable().WithCancellation(cancellationToken)) roster.Load(entries);
        return roster;
    }

    /// <summary>Lays over the roster what the batches of a run did; those of a replacement once it is whole.</summary>
    /// <param name="work">The run.</param>
    /// <param name="memory">A roster that is needed no more, whose memory is used again; null = there is none.</param>
    /// <param name="cancellationToken">Stops the work; the roster of before stays.</param>
    public async Task FoldAsync(SyncWork work, Roster? memory, CancellationToken cancellationToken)
    {
        var (sync, run, whole) = (work.Sync, work.Run.Id, work.IsSettled ? work.Session : null);
        await using var db = contexts.Create(sync.AgencyId);
        await db.SyncBatches.Where(b => b.RunId == run && b.Action != SyncAction.Replace && b.State == SyncBatchState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.State, SyncBatchState.Unknown), cancellationToken);
        var open = db.SyncBatches.Where(b => b.RunId == run && b.Entries != null);
        var laid = open.AsNoTracking().Where(b => b.Action != SyncAction.Replace || b.Session == whole);
        if (await laid.AnyAsync(cancellationToken))
        {
            var roster = await LoadAsync(sync, memory ?? new Roster(), cancellationToken);
            var isWhole = await laid.AnyAsync(b => b.Action == SyncAction.Replace, cancellationToken);
            if (isWhole) roster.DropAll();
            await foreach (var batch in laid.OrderBy(b => b.Session).ThenBy(b => b.Sequence).AsAsyncEnumerable()
                .WithCancellation(cancellationToken)) roster.Lay(batch.Action, batch.State, batch.Entries);
            await SaveAsync(db, sync, roster, isWhole, work.Lease, cancellationToken);
        }

        await open.ExecuteUpdateAsync(set => set.SetProperty(b => b.Entries, (byte[]?)null), cancellationToken);
    }

    /// <summary>Gives a replacement's session up: what it sent counts no more.</summary>
    public async Task AbandonAsync(SyncWork work, CancellationToken cancellationToken)
    {
        var run = work.Run.Id;
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncBatches.Where(b => b.RunId == run && b.Action == SyncAction.Replace && b.Entries != null)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Entries, (byte[]?)null), cancellationToken);
        await db.SyncRuns.Where(r => r.Id == run).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Session, (long?)null).SetProperty(r => r.SettlesSince, (DateTimeOffset?)null),
            cancellationToken);
        work.Session = null;
    }

    /// <summary>Begins a run anew, as a replacement.</summary>
    public async Task RestartAsync(SyncWork work, int restarts, CancellationToken cancellationToken)
    {
        var run = work.Run.Id;
        await FoldAsync(work, null, cancellationToken);
        await AbandonAsync(work, cancellationToken);
        await using var db = contexts.Create(work.Sync.AgencyId);
        await db.SyncRuns.Where(r => r.Id == run).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Restarts, restarts), cancellationToken);
    }

    private static async Task SaveAsync(
        PortalDbContext db, AudienceSync sync, Roster roster, bool isWhole, Lease<AudienceSync> lease, CancellationToken cancellationToken)
    {
        var before = await db.AudienceSyncs.Where(s => s.Id == sync.Id).Select(s => s.Generation).SingleAsync(cancellationToken);
        var others = db.SyncRosters.Where(c => c.SyncId == sync.Id && c.Generation != before);
        await others.ExecuteDeleteAsync(cancellationToken); // of a node that died over it
        var (place, number) = (0, 0);
        while (place < roster.Count)
        {
            var entries = roster.Store(ref place, EntriesAChunk);
            if (entries.Length == 0) break;
            db.SyncRosters.Add(new SyncRosterChunk(sync.AgencyId, sync.Id, before + 1, number++, entries));
            await db.SaveChangesAsync(cancellationToken); // some at a time: others write in between
            db.ChangeTracker.Clear();
        }

        long people = roster.People;
        await lease.RenewAsync(
            set =>
            {
                set.SetProperty(s => s.Generation, before + 1).SetProperty(s => s.People, people);
                if (isWhole) set.SetProperty(s => s.MustReplace, false);
            },
            cancellationToken);
        await db.SyncRosters.Where(c => c.SyncId == sync.Id && c.Generation == before).ExecuteDeleteAsync(cancellationToken);
    }
}
