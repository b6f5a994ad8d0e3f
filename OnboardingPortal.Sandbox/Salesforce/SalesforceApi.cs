using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Salesforce;

/// <summary>What the REST API answers: versions, descriptions, queries and their further pages.</summary>
internal sealed partial class SalesforceApi(SandboxContactLists lists, ContactDisturbances disturbances)
{
    private const int OldestVersion = 60;
    private const int NewestVersion = 67;

    /// <summary>The real one gives 2,000 at a time, and may give fewer; so few show several pages in a small account.</summary>
    private const int BatchSize = 500;

    private readonly ConcurrentDictionary<(SandboxContactList List, string Conditions), int> _counts = new();

    /// <summary>Whether the organisation's edition has an API.</summary>
    public bool IsThere(AccountPerson person) => person.Behaviour switch
    {
        SandboxBehaviour.HasNoApi => false,
        SandboxBehaviour.LosesApi => !lists.IsLater(person),
        _ => true,
    };

    public static IResult Versions() =>
        OAuthStandIn.Json(new JsonArray([.. Enumerable.Range(OldestVersion, NewestVersion - OldestVersion + 1)
            .Select(v => new JsonObject { ["label"] = $"Version {v}", ["url"] = $"/services/data/v{v}.0", ["version"] = $"{v}.0" })]));

    public IResult Describe(AccountPerson person, string version, string entity) =>
        !IsKnown(version) ? SalesforceProblem.VersionUnknown
        : entity is "Contact" or "Lead" ? OAuthStandIn.Json(SalesforceFields.Describe(entity, HiddenFrom(person)))
        : SalesforceProblem.NotFound;

    public IResult Query(AccountPerson person, string version, string soql)
    {
        if (Read(person, version, soql) is var (query, problem) && query is null) return problem!;
        var list = ListOf(person, query.Entity);
        if (query.IsCount)
            return OAuthStandIn.Json(new JsonObject { ["totalSize"] = Count(list, query), ["done"] = true, ["records"] = new JsonArray() });
        return Disturbed(person, isFirst: true) ?? Page(list, query, version, soql, after: 0);
    }

    /// <remarks><c>locator</c>: The last part of a <c>nextRecordsUrl</c>. It holds the query, so that nothing need be remembered.</remarks>
    public IResult QueryMore(AccountPerson person, string version, string locator)
    {
        if (Locator().Match(locator) is not { Success: true } match || !Base64Url.IsValid(match.Groups["query"].Value)
            || !int.TryParse(match.Groups["after"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return SalesforceProblem.LocatorInvalid;
        var soql = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(match.Groups["query"].Value));
        if (Read(person, version, soql) is var (query, problem) && query is null) return problem!;
        return Disturbed(person, isFirst: false) ?? Page(ListOf(person, query.Entity), query, version, soql, after);
    }

    /// <summary>A query that can be answered, or why it cannot.</summary>
    public (SalesforceQuery? Query, IResult? Problem) Read(AccountPerson person, string version, string soql)
    {
        if (!IsKnown(version)) return (null, SalesforceProblem.VersionUnknown);
        if (SalesforceQuery.Parse(soql) is not { } query) return (null, SalesforceProblem.QueryMalformed("unexpected token"));
        if (query.MissingField(HiddenFrom(person)) is { } missing) return (null, SalesforceProblem.FieldInvalid(missing, query.Entity));
        if (query.MistypedField() is { } mistyped) return (null, SalesforceProblem.FieldMistyped(mistyped));
        return (query, null);
    }

    /// <summary>Contacts are the account's biggest list; leads are those of its newsletter.</summary>
    public SandboxContactList ListOf(AccountPerson person, string entity)
    {
        var all = lists.Of(person);
        return entity == "Contact" ? all.MaxBy(l => l.Size)! : all.First(l => l.Name == "Newsletter");
    }

    public int Count(SandboxContactList list, SalesforceQuery query) => query.Clauses.Count == 0
        ? list.Count
        : _counts.GetOrAdd(
            (list, $"{query.Entity} {string.Join(" AND ", query.Clauses)}"), _ => list.From(0).Count(c => IsFound(c, query)));

    public static bool IsFound(SandboxContact contact, SalesforceQuery query) => query.Clauses.All(c => c.Matches(contact, query.Entity));

    /// <summary>Whatever is to go wrong with the reading of people; null when nothing is.</summary>
    public IResult? Disturbed(AccountPerson person, bool isFirst) => disturbances.For(person, isFirst) switch
    {
        ContactDisturbance.AccessEnds => SalesforceProblem.SessionInvalid,
        ContactDisturbance.QuotaEnds => SalesforceProblem.LimitExceeded,
        _ => null,
    };

    /// <remarks><c>after</c>: The number of the last contact on the page before; places would move when somebody leaves.</remarks>
    private IResult Page(SandboxContactList list, SalesforceQuery query, string version, string soql, int after)
    {
        var most = Math.Min(BatchSize, query.Limit ?? int.MaxValue);
        var found = list.After(after).Where(c => IsFound(c, query)).Take(most + 1).ToList();
        var isDone = found.Count <= most || query.Limit is not null; // a limit below a batch is all that is needed here
        var shown = found.Take(most).ToList();
        var body = new JsonObject { ["totalSize"] = Count(list, query), ["done"] = isDone };
        if (!isDone)
        {
            var text = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(soql));
            body["nextRecordsUrl"] = $"/services/data/{version}/query/01g{text}-{shown[^1].Number}";
        }

        body["records"] = new JsonArray([.. shown.Select(c => Record(c, query, version))]);
        return OAuthStandIn.Json(body);
    }

    private static JsonObject Record(SandboxContact contact, SalesforceQuery query, string version)
    {
        var id = SalesforceFields.IdOf(query.Entity, contact.Number);
        var record = new JsonObject
        {
            ["attributes"] = new JsonObject { ["type"] = query.Entity, ["url"] = $"/services/data/{version}/sobjects/{query.Entity}/{id}" },
        };
        foreach (var field in query.Fields) record[field] = SalesforceFields.Json(SalesforceFields.Value(contact, query.Entity, field));
        return record;
    }

    private string? HiddenFrom(AccountPerson person) => person.Behaviour switch
    {
        SandboxBehaviour.LacksSomething => SalesforceFields.OptOut,
        SandboxBehaviour.RemovesColumn when lists.IsLater(person) => SalesforceFields.Source,
        _ => null,
    };

    private static bool IsKnown(string version) =>
        decimal.TryParse(version.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is >= OldestVersion and <= NewestVersion;

    [GeneratedRegex("^01g(?<query>.+)-(?<after>[0-9]{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Locator();
}
