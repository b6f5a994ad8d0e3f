using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Makes and sends the requests of imports, in their users' names. A row is marked in the transaction that makes its request, so that a
/// crash, or a second node, makes none twice; the lease on the import only keeps nodes from doing the same work.
/// </summary>
internal sealed partial class BulkSending(
    PortalDbContextFactory contexts, RequestService requests, AgencyService agencies, BulkWords words, BulkSignal signal,
    OutboxSignal outbox, RoundItems items, ImportMetrics metrics, TimeProvider clock, ILogger<BulkSending> logger)
    : LeasedWork<BulkImport, BulkImportId>(contexts, items, signal, clock)
{
    /// <summary>How long an import is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int Batch = 10;

    /// <inheritdoc />
    protected override RoundKind Kind => RoundKind.Import;

    /// <inheritdoc />
    protected override Leases<BulkImport> Leases { get; } = new(TimeSpan.FromMinutes(2), i => i.LeasedUntil);

    /// <inheritdoc />
    protected override Expression<Func<BulkImport, BulkImportId>> Id => i => i.Id;

    /// <summary>One round: some rows of each import that is being sent, in turn. When rows are left, the next round is woken.</summary>
    /// <returns>How many requests were sent.</returns>
    public Task<int> SendAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    /// <summary>One round: forgets imports that are older than <see cref="KeptFor"/>.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var before = Clock.GetUtcNow() - KeptFor;
        await using var db = Contexts.CreateForSystem();
        var old = db.BulkImports.IgnoreQueryFilters().Where(i => i.CreatedAt < before && i.State != BulkImportState.Sending);
        var forgotten = 0;
        var round = await Items.BeginAsync(RoundKind.Retention, cancellationToken);
        // One at a time: each takes thousands of rows with it.
        foreach (var import in await old.Select(i => new { i.AgencyId, i.Id }).ToListAsync(cancellationToken))
        {
            await round.TryAsync(
                import.AgencyId, import.Id,
                async () => forgotten += await old.Where(i => i.Id == import.Id).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }

        return forgotten;
    }

    /// <inheritdoc />
    protected override IQueryable<BulkImport> Due(IQueryable<BulkImport> rows) => rows.Where(i => i.State == BulkImportState.Sending);

    /// <inheritdoc />
    protected override async Task<Turn> DoAsync(
        BulkImport import, Lease<BulkImport> lease, RoundItems.Round round, CancellationToken cancellationToken)
    {
        var begun = Clock.GetTimestamp();
        var turn = await SendSomeAsync(import, round, cancellationToken);
        // As long as it took: whoever else writes comes in between.
        if (turn.MayGoOn && Clock.GetElapsedTime(begun) is { Ticks: > 0 } took) await Task.Delay(took, Clock, cancellationToken);
        return turn;
    }

    private async Task<Turn> SendSomeAsync(BulkImport import, RoundItems.Round round, CancellationToken cancellationToken)
    {
        var sent = 0;
        try
        {
            var rows = await ListReadyAsync(import, RestingLines(round, import.Id), cancellationToken);
            foreach (var row in rows.Take(Batch))
            {
                // Asked for each row: who may not sign in any more sends nothing more. They may be let in again: until then the lease rests
                // the import.
                var caller = await agencies.FindCallerAsync(import.UserId, null, cancellationToken);
                if (caller is null || caller.Agency != import.AgencyId)
                {
                    if (await IsOverAsync(import, cancellationToken)) await EndAsync(import, BulkImportState.Cancelled, cancellationToken);
                    return new Turn(sent, MayGoOn: false);
                }

                // One that fails ends the turn, and the lease rests the import; once the row rests for longer the others go on without it.
                if (!await round.TryAsync(
                    import.AgencyId, ItemOf(row), async () => sent += await SendRowAsync(caller, row, cancellationToken) ? 1 : 0,
                    cancellationToken))
                    return new Turn(sent, MayGoOn: false);
            }

            if (rows.Count > Batch) return new Turn(sent, MayGoOn: true);
            if (RestingLines(round, import.Id).Count > 0) return new Turn(sent, MayGoOn: false); // until their lease ends, and then again
            await EndAsync(import, BulkImportState.Done, cancellationToken);
            return new Turn(sent, MayGoOn: true);
        }
        finally
        {
            if (sent > 0) outbox.Wake();
        }
    }

    /// <summary>The next rows, and one more when there are more than fit into a turn.</summary>
    private async Task<List<BulkRow>> ListReadyAsync(BulkImport import, List<int> resting, CancellationToken cancellationToken)
    {
        await using var db = Contexts.Create(import.AgencyId);
        return await db.BulkRows.AsNoTracking()
            .Where(r => r.ImportId == import.Id && r.State == BulkRowState.Ready && !resting.Contains(r.Line)).OrderBy(r => r.Line)
            .Take(Batch + 1).ToListAsync(cancellationToken);
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
        if (import.CreatedAt < Clock.GetUtcNow() - KeptFor) return true;
        await using var db = Contexts.Create(import.AgencyId);
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
        await using var own = Contexts.Create(caller.Agency);
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
        await using var db = Contexts.Create(import.AgencyId);
        var by = new Actor(ActorKind.AgencyUser, import.UserId.Value, import.UserName, null);
        if (await BulkEnding.EndAsync(db, Clock, import.Id, how, by, cancellationToken)) LogEnded(import.Id, how);
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "Import {Import} ended: {How}")]
    private partial void LogEnded(BulkImportId import, BulkImportState how);
}
