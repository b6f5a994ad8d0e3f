using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// New requests from CSV files: read and shown, then sent by <see cref="BulkSending"/>. An import belongs to the user who made it, to
/// nobody else.
/// </summary>
public sealed class BulkService(
    PortalDbContextFactory contexts, AgencyService agencies, RequestTemplates templates, AgencyFacebookService facebook,
    PlatformCatalog platforms, BulkWords words,
    BulkSignal signal, TimeProvider clock)
{
    /// <summary>How many imports <see cref="ListAsync"/> gives.</summary>
    public const int MaxListed = 10;

    private const int Batch = 500;

    /// <summary>Reads a file and keeps it for 30 days, with all that is wrong with each row; sends nothing.</summary>
    /// <param name="caller">Whose requests they are to be.</param>
    /// <param name="fileName">As the browser has it; null = the text was pasted.</param>
    /// <param name="file">Read up to <see cref="BulkReader.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is kept then.</param>
    /// <returns>The import's id, or a refusal as <see cref="BulkReader"/> has it; a refusal keeps nothing.</returns>
    public async Task<Result<BulkImportId>> ReadAsync(
        AgencyCaller caller, string? fileName, Stream file, CancellationToken cancellationToken)
    {
        var read = await BulkReader.ReadAsync(file, cancellationToken);
        if (!read.Succeeded) return read.Error;
        var rules = new BulkRules(
            await agencies.GetAsync(caller.Agency, cancellationToken), await templates.ListAsync(caller, cancellationToken),
            await facebook.ListAsync(caller.Agency, cancellationToken), platforms, words);
        // Off the caller's thread, which belongs to a page: thousands of rows take a moment.
        return await Task.Run(() => SaveAsync(caller, fileName, read.Value, rules, cancellationToken), cancellationToken);
    }

    /// <summary>An import and how far it is; null when it is gone or not the caller's.</summary>
    public async Task<BulkOverview?> FindAsync(AgencyCaller caller, BulkImportId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        return (await OverviewsAsync(db, Own(db, caller).Where(i => i.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>The caller's newest imports, the newest first, at most <see cref="MaxListed"/>.</summary>
    public async Task<IReadOnlyList<BulkOverview>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        return await OverviewsAsync(db, Own(db, caller).OrderByDescending(i => i.Id).Take(MaxListed), cancellationToken);
    }

    /// <summary>One page of rows; empty when the import is gone or not the caller's.</summary>
    /// <param name="caller">Whose import it is.</param>
    /// <param name="id">The import.</param>
    /// <param name="onlyProblems">Whether to leave out rows that are well.</param>
    /// <param name="after">The last line of the page before; 0 = the first page.</param>
    /// <param name="size">Rows a page, 1 to 100.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not 1 to 100.</exception>
    public async Task<BulkPage> ListRowsAsync(
        AgencyCaller caller, BulkImportId id, bool onlyProblems, int after, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 100);
        await using var db = contexts.Create(caller.Agency);
        var rows = Rows(db, caller, id, after);
        if (onlyProblems) rows = rows.Where(r => r.State == BulkRowState.Refused || r.State == BulkRowState.Failed);
        var found = await rows.OrderBy(r => r.Line).Take(size + 1).ToListAsync(cancellationToken);
        return new BulkPage([.. found.Take(size).Select(BulkLine.Of)], found.Count > size);
    }

    /// <summary>Begins to send the rows that are ready.</summary>
    /// <returns>Null, <see cref="BulkImportNotFound"/>, <see cref="BulkImportSent"/> or <see cref="BulkImportHasNothing"/>.</returns>
    public async Task<PortalError?> SendAsync(AgencyCaller caller, BulkImportId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var import = await Own(db, caller).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (import is null) return new BulkImportNotFound();
        if (import.State != BulkImportState.Preview) return new BulkImportSent();
        if (!await db.BulkRows.AnyAsync(r => r.ImportId == id && r.State == BulkRowState.Ready, cancellationToken))
            return new BulkImportHasNothing();
        var begun = await Own(db, caller).Where(i => i.Id == id && i.State == BulkImportState.Preview)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, BulkImportState.Sending), cancellationToken);
        if (begun == 0) return new BulkImportSent();
        signal.Wake();
        return null;
    }

    /// <summary>
    /// Throws an import away that is not sent; stops one that is being sent, at once but for the row in hand. Requests already sent stay.
    /// </summary>
    /// <returns>Null, <see cref="BulkImportNotFound"/>, or <see cref="BulkImportSent"/> when there is nothing left to stop.</returns>
    public async Task<PortalError?> CancelAsync(AgencyCaller caller, BulkImportId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        if (await Own(db, caller).Where(i => i.Id == id && i.State == BulkImportState.Preview).ExecuteDeleteAsync(cancellationToken) == 1)
            return null;
        if (!await Own(db, caller).AnyAsync(i => i.Id == id, cancellationToken)) return new BulkImportNotFound();
        return await BulkEnding.EndAsync(db, clock, id, BulkImportState.Cancelled, caller.Actor, cancellationToken)
            ? null
            : new BulkImportSent();
    }

    /// <summary>All rows and what became of them.</summary>
    /// <returns>The rows or <see cref="BulkImportNotFound"/>.</returns>
    public async Task<Result<BulkResults>> ReadResultsAsync(AgencyCaller caller, BulkImportId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var import = await Own(db, caller).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (import is null) return new BulkImportNotFound();
        return new BulkResults(import.FileName, LinesAsync(caller, id, cancellationToken));
    }

    private async IAsyncEnumerable<BulkLine> LinesAsync(
        AgencyCaller caller, BulkImportId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0;
        while (true)
        {
            await using var db = contexts.Create(caller.Agency);
            var rows = await Rows(db, caller, id, after).OrderBy(r => r.Line).Take(Batch).ToListAsync(cancellationToken);
            foreach (var row in rows) yield return BulkLine.Of(row);
            if (rows.Count < Batch) yield break;
            after = rows[^1].Line;
        }
    }

    private async Task<Result<BulkImportId>> SaveAsync(
        AgencyCaller caller, string? fileName, BulkFile file, BulkRules rules, CancellationToken cancellationToken)
    {
        var drafts = file.Rows.Select(row => rules.Judge(file, row)).ToList();
        var name = fileName is null ? null : ForeignText.Fit(fileName, BulkImport.FileNameMaxLength);
        var import = new BulkImport(
            BulkImportId.New(clock), caller, name, file.Ignored, drafts.Count, drafts.Count(d => d.Problems.Count > 0), clock.GetUtcNow());
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.BulkImports.Add(import);
        foreach (var piece in drafts.Chunk(Batch))
        {
            db.BulkRows.AddRange(piece.Select(d => new BulkRow(
                import, d.Line, ForeignText.Fit(d.Recipients, Recipient.EmailMaxLength), d.Input.Write(), BulkProblem.Write(d.Problems))));
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        await transaction.CommitAsync(cancellationToken);
        return import.Id;
    }

    private static IQueryable<BulkImport> Own(PortalDbContext db, AgencyCaller caller) =>
        db.BulkImports.Where(i => i.UserId == caller.User);

    private static IQueryable<BulkRow> Rows(PortalDbContext db, AgencyCaller caller, BulkImportId id, int after) =>
        db.BulkRows.AsNoTracking().Where(r => r.ImportId == id && r.Line > after && Own(db, caller).Any(i => i.Id == r.ImportId));

    private static async Task<IReadOnlyList<BulkOverview>> OverviewsAsync(
        PortalDbContext db, IQueryable<BulkImport> wanted, CancellationToken cancellationToken)
    {
        var imports = await wanted.AsNoTracking().ToListAsync(cancellationToken);
        var ids = imports.ConvertAll(i => i.Id);
        var counts = await db.BulkRows.Where(r => ids.Contains(r.ImportId)).GroupBy(r => new { r.ImportId, r.State })
            .Select(g => new { g.Key.ImportId, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken);
        return [.. imports.Select(i => new BulkOverview(
            i.Id, i.FileName, i.State, i.CreatedAt, i.Ignored, CountOf(i, BulkRowState.Ready), CountOf(i, BulkRowState.Refused),
            CountOf(i, BulkRowState.Sent),
            CountOf(i, BulkRowState.Failed)))];

        int CountOf(BulkImport import, BulkRowState state) => counts.Find(c => c.ImportId == import.Id && c.State == state)?.Count ?? 0;
    }
}
