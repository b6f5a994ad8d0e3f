using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>
/// The contacts and leads of an organisation, each a list. A few thousand are read by queries in the order of their ids. Of more the first
/// are read so, and a job of the Bulk API 2.0 prepares the others, which takes its own time. Leads that became contacts and what lies in
/// the recycle bin are left out. A dead query is asked anew behind the last person; a dead job is begun anew, and people come twice then.
/// </summary>
/// <seealso href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm" />
public sealed class SalesforceContacts(HttpClient http, SalesforceClient salesforce, PlatformTransport transport) : IContactSource
{
    private readonly SalesforceCalls _calls = new(http, salesforce, transport);

    /// <inheritdoc />
    public PlatformKey Platform => SalesforceDefaults.Key;

    /// <inheritdoc />
    public int PeopleAMinute => SalesforceDefaults.PeopleAMinute;

    /// <summary>Contacts and leads, as far as whoever connected the organisation sees them.</summary>
    public async Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var lists = new List<ContactList>();
        foreach (var name in SalesforceObject.Kinds.Keys)
        {
            var found = await DescribeAsync(credentials, name, cancellationToken);
            if (found.Error is PlatformFailure { Kind: PlatformFailureKind.NotFound }) continue; // hidden from the person
            if (!found.Succeeded) return found.Error;
            var everybody = found.Value.Conditions(SalesforceFilter.None);
            if (!everybody.Succeeded) return everybody.Error;
            var count = await CountAsync(credentials, new SalesforceQuestion(found.Value, everybody.Value), cancellationToken);
            if (!count.Succeeded) return count.Error;
            var shown = found.Value.Description.LabelPlural is { Length: > 0 } label ? label : name;
            lists.Add(new ContactList(name, shown, found.Value.Kind, count.Value));
        }

        return lists;
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        var found = await DescribeAsync(credentials, list, cancellationToken);
        if (!found.Succeeded) return found.Error;
        return found.Value.Sendable.ToList();
    }

    /// <inheritdoc />
    public bool CanFilter => true;

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactFilterField>>> FilterFieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        var found = await DescribeAsync(credentials, list, cancellationToken);
        if (!found.Succeeded) return found.Error;
        return found.Value.Filterable.ToList();
    }

    /// <inheritdoc />
    public async Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken) =>
        SalesforceCursor.Read(cursor) switch
        {
            null => await BeginAsync(credentials, selection, null, cancellationToken),
            { Job: { } job } at => await ReadJobAsync(credentials, selection, at, job, cancellationToken),
            { IsBulk: true } at => await StartJobAsync(credentials, selection, at, cancellationToken),
            { More: { } more } at => await ReadMoreAsync(credentials, selection, at, more, cancellationToken),
            var at => await BeginAsync(credentials, selection, at, cancellationToken),
        };

    /// <summary>Begins to read, or goes on behind the last person that was read.</summary>
    private async Task<Result<ContactPage>> BeginAsync(
        PlatformCredentials credentials, ContactSelection selection, SalesforceCursor? at, CancellationToken cancellationToken)
    {
        var question = await PrepareAsync(credentials, selection, cancellationToken);
        if (!question.Succeeded) return question.Error;
        if (at is null)
        {
            var count = await CountAsync(credentials, question.Value, cancellationToken);
            if (!count.Succeeded) return count.Error;
            at = new SalesforceCursor(question.Value.Of.TellsOptOut, count.Value) { IsBulk = count.Value >= SalesforceDefaults.BulkFrom };
        }

        at = at with { TellsOptOut = question.Value.Of.TellsOptOut, More = null };
        var limit = at.IsBulk ? $" LIMIT {SalesforceDefaults.RowsBeforeJob}" : "";
        var answer = await _calls.QueryAsync(
            credentials, $"{question.Value.Query(selection, at)} ORDER BY Id{limit}", cancellationToken);
        return answer.Succeeded ? Page(answer.Value, selection, at) : answer.Error;
    }

    /// <summary>Has everybody prepared behind the first that were read.</summary>
    private async Task<Result<ContactPage>> StartJobAsync(
        PlatformCredentials credentials, ContactSelection selection, SalesforceCursor at, CancellationToken cancellationToken)
    {
        var question = await PrepareAsync(credentials, selection, cancellationToken);
        if (!question.Succeeded) return question.Error;
        var job = await _calls.StartAsync(credentials, question.Value.Query(selection, at), cancellationToken);
        if (!job.Succeeded) return job.Error;
        at = new SalesforceCursor(question.Value.Of.TellsOptOut, at.Total)
        {
            IsBulk = true,
            After = at.After,
            Job = job.Value,
            Jobs = at.Jobs + 1,
            Rows = SalesforceDefaults.BulkRows,
        };
        return new ContactPage([], at.Write(), at.Total) { Pause = SalesforceDefaults.PauseBeforeLook(0) };
    }

    private async Task<Result<ContactPage>> ReadMoreAsync(
        PlatformCredentials credentials, ContactSelection selection, SalesforceCursor at, string more, CancellationToken cancellationToken)
    {
        var answer = await _calls.MoreAsync(credentials, more, cancellationToken);
        if (answer.Error is PlatformFailure { Kind: PlatformFailureKind.InvalidRequest or PlatformFailureKind.NotFound })
            return await BeginAsync(credentials, selection, at, cancellationToken); // the organisation forgets queries after some time
        return answer.Succeeded ? Page(answer.Value, selection, at) : answer.Error;
    }

    private static Result<ContactPage> Page(SalesforceRows rows, ContactSelection selection, SalesforceCursor at)
    {
        if (rows.Records is null) return Failure(PlatformFailureKind.Nonsense);
        var columns = SalesforceObject.Columns(selection, at.TellsOptOut);
        var people = rows.Records.Select(r => SalesforcePeople.Of(r, selection, columns, at.TellsOptOut)).OfType<Contact>().ToList();
        if (rows.Done != false && !(at.IsBulk && people.Count > 0)) return new ContactPage(people, null, at.Total);
        // Without an id to go on behind, it would be asked for ever.
        if (people.Count == 0 || !SalesforceCalls.IsId(people[^1].Id)) return Failure(PlatformFailureKind.Nonsense);
        return new ContactPage(
            people, (at with { After = people[^1].Id, More = SalesforceCalls.LocatorOf(rows.NextRecordsUrl) }).Write(), at.Total);
    }

    private async Task<Result<ContactPage>> ReadJobAsync(
        PlatformCredentials credentials, ContactSelection selection, SalesforceCursor at, string job, CancellationToken cancellationToken)
    {
        if (!at.IsReady)
        {
            var state = await _calls.StateAsync(credentials, job, cancellationToken);
            if (IsForgotten(state.Error)) return await BeginAgainAsync(credentials, selection, at, cancellationToken);
            if (!state.Succeeded) return state.Error;
            if (state.Value is "Failed" or "Aborted") return Failure(PlatformFailureKind.Transient);
            if (state.Value != "JobComplete")
            {
                var next = at with { Looks = at.Looks + 1 };
                return new ContactPage([], next.Write(), at.Total) { Pause = SalesforceDefaults.PauseBeforeLook(next.Looks) };
            }

            at = at with { IsReady = true };
        }

        while (true)
        {
            var results = await _calls.ResultsAsync(credentials, job, at.Rows, at.Locator, cancellationToken);
            if (IsForgotten(results.Error)) return await BeginAgainAsync(credentials, selection, at, cancellationToken);
            if (results.Error is PlatformFailure { AsksForLess: true } && at.Rows > SalesforceDefaults.FewestBulkRows)
            {
                at = at with { Rows = at.Rows / 2 };
                continue;
            }

            if (!results.Succeeded) return results.Error;
            var columns = SalesforceObject.Columns(selection, at.TellsOptOut);
            var people = SalesforcePeople.Of(results.Value.Csv, selection, columns, at.TellsOptOut);
            if (people is null) return Failure(PlatformFailureKind.Nonsense);
            return new ContactPage(
                people, results.Value.Next is { } locator ? (at with { Locator = locator }).Write() : null, at.Total);
        }
    }

    /// <summary>A job's results are kept for seven days: whoever waited longer has them prepared anew, but not for ever.</summary>
    private Task<Result<ContactPage>> BeginAgainAsync(
        PlatformCredentials credentials, ContactSelection selection, SalesforceCursor at, CancellationToken cancellationToken) =>
        at.Jobs < SalesforceDefaults.MaxJobs
            ? StartJobAsync(credentials, selection, at, cancellationToken)
            : Task.FromResult<Result<ContactPage>>(Failure(PlatformFailureKind.Transient));

    private async Task<Result<SalesforceQuestion>> PrepareAsync(
        PlatformCredentials credentials, ContactSelection selection, CancellationToken cancellationToken)
    {
        var found = await DescribeAsync(credentials, selection.List, cancellationToken);
        if (!found.Succeeded) return found.Error;
        if (SalesforceFilter.Read(selection.Filter) is not { } filter) return Failure(PlatformFailureKind.InvalidRequest);
        if (found.Value.Gone(selection) is { Count: > 0 } gone) return new ContactFieldsGone(gone, AreRenamed: false);
        var conditions = found.Value.Conditions(filter);
        return conditions.Succeeded ? new SalesforceQuestion(found.Value, conditions.Value) : conditions.Error;
    }

    private async Task<Result<SalesforceObject>> DescribeAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (!SalesforceObject.Kinds.TryGetValue(list, out var kind)) return Failure(PlatformFailureKind.NotFound);
        var answer = await _calls.DescribeAsync(credentials, list, cancellationToken);
        return answer.Succeeded ? new SalesforceObject(list, kind, answer.Value) : answer.Error;
    }

    private async Task<Result<long>> CountAsync(
        PlatformCredentials credentials, SalesforceQuestion question, CancellationToken cancellationToken)
    {
        var answer = await _calls.QueryAsync(credentials, question.Of.Count(question.Conditions), cancellationToken);
        return answer.Succeeded ? answer.Value.TotalSize : answer.Error;
    }

    private static bool IsForgotten(PortalError? error) =>
        error is PlatformFailure { Kind: PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest };

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(SalesforceDefaults.Key, kind);

    /// <summary>Whom to ask for.</summary>
    private sealed record SalesforceQuestion(SalesforceObject Of, IReadOnlyList<string> Conditions)
    {
        /// <summary>Asks for those behind the last person that was read.</summary>
        public string Query(ContactSelection selection, SalesforceCursor at) =>
            Of.Query(selection, at.After is { } last ? [.. Conditions, $"Id > '{last}'"] : Conditions);
    }
}
