using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Rounds;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Makes and sends the requests of imports, in their users' names. A row is marked in the transaction that makes its request, so that a
/// crash, or a second node, makes none twice; the lease on the import only keeps nodes from doing the same work.
/// </summary>
public sealed partial class BulkSending(
    PortalDbContextFactory contexts, RequestService requests, AgencyService agencies, BulkWords words, BulkSignal signal,
    OutboxSignal outbox, RoundItems items, ImportMetrics metrics, TimeProvider clock,
    ILogger<BulkSending> logger)
{
    /// <summary>How long an import is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int Batch = 10;
    private const int MostBatches = 20; // a round stays short, so that a node can stop
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>One round: some rows of each import that is being sent, in turn. When rows are left, the next round is woken.</summary>
    /// <returns>How many requests were sent.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        var round = await items.BeginAsync(RoundKind.Import, cancellationToken);
        for (var batches = 0; ;)
        {
            var now = clock.GetUtcNow();
            await using var db = contexts.CreateForSystem();
            var waiting = await db.BulkImports.IgnoreQueryFilters()
                .Where(i => i.State == BulkImportState.Sending && (i.LeasedUntil == null || i.LeasedUntil <= now)).OrderBy(i => i.Id)
                .Select(i => new { i.AgencyId, i.Id }).ToListAsync(cancellationToken);
            if (waiting.Count == 0) return sent;
            foreach (var import in waiting)
            {
                if (await ClaimAsync(import.AgencyId, import.Id, cancellationToken) is not { } until) continue;
                // One that fails keeps its lease: it rests at least that long, and the others go on.
                await round.TryAsync(
                    import.AgencyId, import.Id,
                    async () => sent += await SendSomeAsync(round, import.AgencyId, import.Id, until, cancellationToken),
                    cancellationToken);
                batches++;
            }

            if (batches < MostBatches) continue;
            signal.Wake();
            return sent;
        }
    }

    /// <summary>One round: forgets imports that are older than <see cref="KeptFor"/>.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - KeptFor;
        await using var db = contexts.CreateForSystem();
        var old = db.BulkImports.IgnoreQueryFilters().Where(i => i.CreatedAt < before && i.State != BulkImportState.Sending);
        var forgotten = 0;
        var round = await items.BeginAsync(RoundKind.Retention, cancellationToken);
        // One at a time: each takes thousands of rows with it.
        foreach (var import in await old.Select(i => new { i.AgencyId, i.Id }).ToListAsync(cancellationToken))
        {
            await round.TryAsync(
                import.AgencyId, import.Id,
                async () => forgotten += await old.Where(i => i.Id == import.Id).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }

        return forgotten;
    }

    private async Task<DateTimeOffset?> ClaimAsync(AgencyId agency, BulkImportId import, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + Lease;
        await using var db = contexts.Create(agency);
        var mine = await db.BulkImports.Where(
            i => i.Id == import && i.State == BulkImportState.Sending && (i.LeasedUntil == null || i.LeasedUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeasedUntil, until), cancellationToken);
        return mine == 1 ? until : null;
    }

    private async Task<int> SendSomeAsync(
        RoundItems.Round round, AgencyId agency, BulkImportId id, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (sent, begun) = (0, clock.GetTimestamp());
        BulkImport import;
        try
        {
            List<BulkRow> rows;
            var resting = RestingLines(round, id);
            await using (var db = contexts.Create(agency))
            {
                import = await db.BulkImports.AsNoTracking().SingleAsync(i => i.Id == id, cancellationToken);
                rows = await db.BulkRows.AsNoTracking()
                    .Where(r => r.ImportId == id && r.State == BulkRowState.Ready && !resting.Contains(r.Line)).OrderBy(r => r.Line)
                    .Take(Batch + 1).ToListAsync(cancellationToken);
            }

            foreach (var row in rows.Take(Batch))
            {
                // Asked for each row: who may not sign in any more sends nothing more. They may be let in again: until then the lease rests
                // the import.
                var caller = await agencies.FindCallerAsync(import.UserId, null, cancellationToken);
                if (caller is null || caller.Agency != import.AgencyId)
                {
                    if (await IsOverAsync(import, cancellationToken)) await EndAsync(import, BulkImportState.Cancelled, cancellationToken);
                    return sent;
                }

                // One that fails ends the turn, and the lease rests the import; once the row rests for longer the others go on without it.
                if (!await round.TryAsync(
                    agency, ItemOf(row), async () => sent += await SendRowAsync(caller, row, cancellationToken) ? 1 : 0, cancellationToken))
                    return sent;
            }

            if (rows.Count <= Batch)
            {
                if (RestingLines(round, id).Count > 0) return sent; // until their lease ends, and then again
                await EndAsync(import, BulkImportState.Done, cancellationToken);
            }
        }
        finally
        {
            if (sent > 0) outbox.Wake();
        }

        await ReleaseAsync(import, until, cancellationToken);
        // As long as it took: whoever else writes comes in between.
        if (clock.GetElapsedTime(begun) is { Ticks: > 0 } took) await Task.Delay(took, clock, cancellationToken);
        return sent;
    }

    private static string ItemOf(BulkRow row) => $"{row.ImportId}/{row.Line.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The lines of an import that failed of something that is no fault of theirs, and rest.</summary>
    private static List<int> RestingLines(RoundItems.Round round, BulkImportId import) =>
        [.. round.Resting.Where(i => i.StartsWith($"{import}/", StringComparison.Ordinal))
            .Select(i => int.Parse(i[(i.IndexOf('/', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture))];

    /// <summary>
    /// Whether an import whose user may not go on never will: they are gone, or it waited for longer than imports are kept.
    /// </summary>
    private async Task<bool> IsOverAsync(BulkImport import, CancellationToken cancellationToken)
    {
        if (import.CreatedAt < clock.GetUtcNow() - KeptFor) return true;
        await using var db = contexts.Create(import.AgencyId);
        return !await db.Users.AnyAsync(u => u.Id == import.UserId.Value && u.AgencyId == import.AgencyId, cancellationToken);
    }

    private async Task<bool> SendRowAsync(AgencyCaller caller, BulkRow row, CancellationToken cancellationToken)
    {
        var input = BulkInput.Read(row.Input);
        var read = RecipientList.Read(input.Addresses);
        var result = !read.Succeeded ? read.Error : await requests.CreateAsync(
            caller, input.Request, read.Value,
            async (db, request) => await StillReady(db, row).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, BulkRowState.Sent).SetProperty(r => r.RequestId, request.Id), cancellationToken) == 1,
            cancellationToken);
        if (result.Succeeded)
        {
            if (result.Value is null) return false;
            metrics.Note(BulkRowState.Sent);
            return true;
        }

        var problems = BulkProblem.Write(words.Explain(input.Request, result.Error));
        await using var own = contexts.Create(caller.Agency);
        var failed = await StillReady(own, row)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, BulkRowState.Failed).SetProperty(r => r.Problems, problems), cancellationToken);
        if (failed > 0) metrics.Note(BulkRowState.Failed);
        return false;
    }

    /// <summary>The row, unless somebody was quicker: another node, or the user who cancelled.</summary>
    private static IQueryable<BulkRow> StillReady(PortalDbContext db, BulkRow row) => db.BulkRows.Where(
        r => r.ImportId == row.ImportId && r.Line == row.Line && r.State == BulkRowState.Ready
            && db.BulkImports.Any(i => i.Id == row.ImportId && i.State == BulkImportState.Sending));

    private async Task EndAsync(BulkImport import, BulkImportState how, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(import.AgencyId);
        var by = new Actor(ActorKind.AgencyUser, import.UserId.Value, import.UserName, null);
        if (await BulkEnding.EndAsync(db, clock, import.Id, how, by, cancellationToken)) LogEnded(import.Id, how);
    }

    private async Task ReleaseAsync(BulkImport import, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(import.AgencyId);
        await db.BulkImports.Where(i => i.Id == import.Id && i.LeasedUntil == until)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "Import {Import} ended: {How}")]
    private partial void LogEnded(BulkImportId import, BulkImportState how);
}
