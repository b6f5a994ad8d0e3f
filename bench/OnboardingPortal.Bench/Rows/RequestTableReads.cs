using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Bench.Rows;

/// <summary>Pages of the table of requests, read by the portal's own service in this process, against SQL written by hand.</summary>
internal sealed class RequestTableReads(BenchContext bench)
{
    private const int Many = 1_000_000;
    private const int Few = 1_000;
    private const int PageSize = 50;
    private const int Rounds = 4_000;

    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var many = await RequestDatabase.OpenAsync(Many, cancellationToken);
        await using var few = await RequestDatabase.OpenAsync(Few, cancellationToken);
        var (table, raw) = (many.Service<RequestTable>(), new RawRequests(many.ConnectionString));
        var pages = await PagesAsync(many, cancellationToken);
        var fewPages = await PagesAsync(few, cancellationToken);
        var searches = Searches();
        await CheckAsync(table, raw, pages, searches, cancellationToken);

        var againstRaw = await CompareAsync(
            "page of 50 at 1,000,000 requests, ms",
            page => table.ListAsync(new RequestScope(page.Agency, null), page.Query, cancellationToken),
            "raw SQL", page => raw.ListAsync(page.Agency, page.Query, cancellationToken), pages, pages);
        var fewTable = few.Service<RequestTable>();
        var againstFew = await CompareAsync(
            "page of 50 at 1,000,000 requests again, ms",
            page => table.ListAsync(new RequestScope(page.Agency, null), page.Query, cancellationToken),
            "at 1,000 requests", page => fewTable.ListAsync(new RequestScope(page.Agency, null), page.Query, cancellationToken), pages,
            fewPages);
        var search = await CompareAsync(
            "search at 1,000,000 requests, ms", page => table.ListAsync(new RequestScope(page.Agency, null), page.Query, cancellationToken),
            "raw FTS5", page => raw.SearchAsync(page.Agency, page.Query.Search!, PageSize, cancellationToken), searches, searches);
        return
        [
            Row("table page of 50 at 1,000,000 requests, p50, against raw SQL", againstRaw, 50, null),
            Row("table page of 50 at 1,000,000 requests, p99, against raw SQL", againstRaw, 99, Target.RatioAtMost(1.5)),
            Row("table page of 50 at 1,000,000 requests, p99, against 1,000 requests", againstFew, 99, Target.RatioAtMost(1.2)),
            Row("search at 1,000,000 requests, p50, against raw FTS5", search, 50, null),
            Row("search at 1,000,000 requests, p99, against raw FTS5", search, 99, Target.RatioAtMost(3)),
        ];
    }

    private static ResultRow Row(string what, (double[] Measured, double[] Reference) times, double percent, Target? target) =>
        new(what, times.Measured.Percentile(percent), times.Reference.Percentile(percent), Unit.Milliseconds, target);

    private async Task<(double[] Measured, double[] Reference)> CompareAsync(
        string name, Func<Page, Task> measured, string referenceName, Func<Page, Task> reference, Page[] pages, Page[] referencePages)
    {
        // Half the list apart, so that neither reads what the other has just warmed.
        var times = await LatencyComparison.RunAsync(
            Rounds, round => measured(pages[round % Rounds]), round => reference(referencePages[(round + (Rounds / 2)) % Rounds]));
        bench.Raw.Add(name, times.Measured);
        bench.Raw.Add($"{name}: {referenceName}", times.Reference);
        return times;
    }

    /// <summary>First pages, pages anywhere in the list, forwards and backwards, all requests and those of one status.</summary>
    private static async Task<Page[]> PagesAsync(RequestDatabase database, CancellationToken cancellationToken)
    {
        var raw = new RawRequests(database.ConnectionString);
        var ids = new Dictionary<AgencyId, IReadOnlyList<RequestId>>();
        foreach (var agency in RequestSeed.AgencyIds) ids.Add(agency, await raw.ListIdsAsync(agency, cancellationToken));
        var random = new Random(2);
        return [.. Enumerable.Range(0, Rounds).Select(_ => Any())];

        Page Any()
        {
            var agency = RequestSeed.AgencyIds[random.Next(RequestSeed.AgencyIds.Count)];
            RequestStatus? status = random.Next(3) == 0 ? RequestStatus.Pending : null;
            var place = ids[agency][random.Next(ids[agency].Count / 4, ids[agency].Count * 3 / 4)];
            RequestCursor? cursor = random.Next(4) == 0 ? null : new(place, "", Backwards: random.Next(4) == 0);
            return new(agency, new(Status: status, Cursor: cursor, Size: PageSize));
        }
    }

    private static Page[] Searches()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Rounds).Select(_ =>
            new Page(
                RequestSeed.AgencyIds[random.Next(RequestSeed.AgencyIds.Count)], new(RequestSeed.Search(random, Many), Size: PageSize)))];
    }

    /// <summary>Both ways must read the same rows, or their times say nothing.</summary>
    private static async Task CheckAsync(
        RequestTable table, RawRequests raw, Page[] pages, Page[] searches, CancellationToken cancellationToken)
    {
        foreach (var (agency, query) in pages.Take(100).Concat(searches.Take(100)))
        {
            var read = (await table.ListAsync(new RequestScope(agency, null), query, cancellationToken)).Rows.Select(row => row.Id.Value)
                .Order();
            var expected = query.Search is { } search
                ? await raw.SearchAsync(agency, search, PageSize, cancellationToken)
                : await raw.ListAsync(agency, query, cancellationToken);
            if (!read.SequenceEqual(expected.Take(PageSize).Select(row => row.Id).Order()))
            {
                throw new InvalidOperationException($"The portal and raw SQL read different rows for {query} of agency {agency}.");
            }
        }
    }

    private sealed record Page(AgencyId Agency, RequestQuery Query);
}
