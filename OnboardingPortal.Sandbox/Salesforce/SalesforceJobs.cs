using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>The queries of the Bulk API 2.0: a job each, done at the second look, whose results are written as they are made.</summary>
/// <seealso href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm" />
internal sealed class SalesforceJobs(SalesforceApi api, SandboxState state, TimeProvider clock)
{
    private const int UsualRows = 50_000;
    private const int RowsAtOnce = 500;
    private readonly ConcurrentDictionary<string, bool> _looked = new();

    public IResult Start(AccountPerson person, string version, JsonElement body)
    {
        if (Text(body, "operation") != "query" || Text(body, "contentType") is not (null or "CSV"))
            return SalesforceProblem.JobInvalid("only queries that are answered in CSV");
        var soql = Text(body, "query") ?? "";
        if (api.Read(person, version, soql) is var (query, problem) && query is null) return problem!;
        if (query.IsCount) return SalesforceProblem.JobInvalid("COUNT() is not supported");
        var job = new SalesforceJob($"750SB{RandomNumberGenerator.GetHexString(10)}AAA", person.Key, soql, clock.GetUtcNow());
        state.Change(data => data.SalesforceJobs.Add(job));
        return OAuthStandIn.Json(Describe(job, query, version, "UploadComplete"));
    }

    public IResult Look(AccountPerson person, string version, string id)
    {
        if (Find(person, version, id) is not var (job, query)) return SalesforceProblem.NotFound;
        if (_looked.TryAdd(id, true)) return OAuthStandIn.Json(Describe(job, query, version, "InProgress"));
        var done = Describe(job, query, version, "JobComplete");
        done["numberRecordsProcessed"] = api.Count(api.ListOf(person, query.Entity), query);
        done["retries"] = 0;
        done["totalProcessingTime"] = 334;
        return OAuthStandIn.Json(done);
    }

    public IResult Delete(AccountPerson person, string version, string id)
    {
        if (Find(person, version, id) is null) return SalesforceProblem.NotFound;
        state.Change(data => data.SalesforceJobs.RemoveAll(j => j.Id == id));
        return Results.NoContent();
    }

    /// <remarks><c>locator</c>: Digits in Base64, as the real one has it; here the number of the last contact before.</remarks>
    public IResult Read(HttpContext http, AccountPerson person, string version, string id, int? maxRecords, string? locator)
    {
        if (Find(person, version, id) is not var (_, query)) return SalesforceProblem.NotFound;
        if (!_looked.ContainsKey(id)) return SalesforceProblem.JobInvalid("the job is not complete");
        if (NumberOf(locator) is not { } after) return SalesforceProblem.LocatorInvalid;
        if (api.Disturbed(person, isFirst: after == 0) is { } disturbed) return disturbed;

        var all = api.ListOf(person, query.Entity).After(after).Where(c => SalesforceApi.IsFound(c, query));
        var (count, last, most) = (0, after, Math.Max(1, maxRecords ?? UsualRows));
        var hasMore = false;
        foreach (var contact in all)
        {
            hasMore = count == most;
            if (hasMore) break;
            (count, last) = (count + 1, contact.Number);
        }

        http.Response.Headers["Sforce-NumberOfRecords"] = count.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Sforce-Locator"] =
            hasMore ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(last.ToString(CultureInfo.InvariantCulture))) : "null";
        var rows = all.Take(count);
        return Results.Stream(body => WriteAsync(body, query, rows, http.RequestAborted), "text/csv; charset=UTF-8");
    }

    private static async Task WriteAsync(
        Stream body, SalesforceQuery query, IEnumerable<SandboxContact> rows, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        Add(query.Fields);
        var waiting = 0;
        foreach (var contact in rows)
        {
            Add(query.Fields.Select(f => SalesforceFields.Plain(SalesforceFields.Value(contact, query.Entity, f))));
            if (++waiting < RowsAtOnce) continue;
            await FlushAsync();
            waiting = 0;
        }

        await FlushAsync();

        void Add(IEnumerable<string> cells) =>
            text.AppendJoin(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');

        async Task FlushAsync()
        {
            await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            text.Clear();
        }
    }

    private static int? NumberOf(string? locator) =>
        locator is null ? 0
        : Base64Url.IsValid(locator) && int.TryParse(
            Encoding.ASCII.GetString(Base64Url.DecodeFromChars(locator)), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private (SalesforceJob Job, SalesforceQuery Query)? Find(AccountPerson person, string version, string id) =>
        state.Read(data => data.SalesforceJobs.Find(j => j.Id == id && j.Person == person.Key)) is { } job
        && api.Read(person, version, job.Query).Query is { } query
            ? (job, query)
            : null;

    private static JsonObject Describe(SalesforceJob job, SalesforceQuery query, string version, string state) => new()
    {
        ["id"] = job.Id,
        ["operation"] = "query",
        ["object"] = query.Entity,
        ["createdById"] = "005SB0000000001AAA",
        ["createdDate"] = job.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
        ["systemModstamp"] = job.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
        ["state"] = state,
        ["concurrencyMode"] = "Parallel",
        ["contentType"] = "CSV",
        ["apiVersion"] = decimal.Parse(version.AsSpan(1), CultureInfo.InvariantCulture),
        ["lineEnding"] = "LF",
        ["columnDelimiter"] = "COMMA",
    };

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>A query whose results are kept for seven days.</summary>
public sealed record SalesforceJob(string Id, string Person, string Query, DateTimeOffset CreatedAt);
