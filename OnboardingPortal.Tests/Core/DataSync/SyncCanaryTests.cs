using System.Buffers;
using System.Text;
using System.Text.Json;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Tests.Core.Matching;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>Contacts that can be told from all else go through a plan, runs and failures: nothing of them is found afterwards.</summary>
public abstract class SyncCanaryTests(DatabaseProvider database) : SyncTest(database)
{
    private const string Canary = "canarybird";

    private static readonly SyncColumn[] Columns =
    [
        new("email", "Email", MatchKey.Email), new("phone", "Phone", MatchKey.Phone), new("name", "First name", MatchKey.FirstName),
        new("last", "Last name", MatchKey.LastName), new("city", "City", MatchKey.City), new("state", "State", MatchKey.State),
        new("zip", "Postal code", MatchKey.PostalCode), new("country", "Country", MatchKey.Country),
        new("gender", "Gender", MatchKey.Gender), new("year", "Year", MatchKey.BirthYear), new("month", "Month", MatchKey.BirthMonth),
        new("day", "Day", MatchKey.BirthDay),
    ];

    protected override void Register(IServiceCollection services)
    {
        base.Register(services);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
    }

    [Fact]
    public async Task Nothing_of_a_contact_lies_in_the_database_a_backup_a_log_the_audit_trail_a_mail_or_what_is_measured()
    {
        using var measured = new Measured();
        List.People.AddRange(Enumerable.Range(0, 60).Select(Bird));
        List.People.AddRange(BadCells());
        var people = List.People.Take(6).ToList();
        var proposal = Value(await Syncs.ProposeAsync(Owner, Account, "list-1", filter: null, Cancel));
        var id = Value(await Syncs.CreateAsync(Owner, Terms() with { Columns = Columns, DefaultCountry = "DE" }, Cancel));
        await RestAsync(id);
        await RunAsync(id);
        people.Add(await ChangeAsync(id, 80)); // a difference
        Graph.Done = call => AudienceStub.IsWrite(call) ? LoseAsync() : Task.CompletedTask;
        people.Add(await ChangeAsync(id, 81)); // a lost answer
        List.BeforePage = Fail;
        people.Add(await ChangeAsync(id, 82)); // a bug, once
        Assert.Equal(58, (await ViewAsync(id)).Line.People);
        Graph.Refuses = call => AudienceStub.IsWrite(call) ? AudienceStub.Error(200, 1870034) : null;
        people.Add(await ChangeAsync(id, 83)); // a refusal, which is mailed
        while (await Outbox.DeliverAsync(Cancel) > 0) Cancel.ThrowIfCancellationRequested();

        var places = new Dictionary<string, string>
        {
            ["the database"] = await DatabaseDump.ReadAsync(Portal, Cancel),
            ["the audit trail"] = await AuditAsync(),
            ["what pages and programs are told"] =
                JsonSerializer.Serialize(await ViewAsync(id)) + JsonSerializer.Serialize(await Syncs.ListAsync(Owner, Cancel)),
        };
        if (Portal.Database.Provider == DatabaseProvider.Sqlite) places["a backup"] = await DatabaseDump.BackUpAsync(Portal, Cancel);
        Assert.All(places, place => Assert.Contains("Newsletter", place.Value, StringComparison.Ordinal)); // the search itself works
        places["the log"] = string.Join('\n', Portal.Logs.Lines);
        Assert.Contains("The reader has a bug.", places["the log"], StringComparison.Ordinal);
        Assert.Contains("Executed DbCommand", places["the log"], StringComparison.Ordinal);
        places["a mail"] = string.Join('\n', Mail.Taken.Select(m => JsonSerializer.Serialize(m)));
        Assert.Contains("Newsletter", places["a mail"], StringComparison.Ordinal);
        places["what is measured"] = measured.Text();
        Assert.Contains("portal.platform.call.duration", places["what is measured"], StringComparison.Ordinal);
        places["a proposal"] = JsonSerializer.Serialize(proposal);
        Assert.Contains("First name", places["a proposal"], StringComparison.Ordinal);
        AssertNowhere(people, places);
    }

    private static void AssertNowhere(IEnumerable<ListedPerson> people, Dictionary<string, string> places)
    {
        var hashes = people.Concat(BadCells()).SelectMany(HashesOf).Distinct().SelectMany(WaysToKeep).ToList();
        Assert.True(hashes.Count > 100, $"Only {hashes.Count} hashes.");
        var phones = Enumerable.Range(0, 100).Select(PhoneOf).ToList();
        var canaries = SearchValues.Create([Hex(Canary), .. phones, .. phones.Select(Hex), .. hashes], StringComparison.Ordinal);
        Assert.All(places, place =>
        {
            Assert.DoesNotContain(Canary, place.Value, StringComparison.OrdinalIgnoreCase);
            var at = place.Value.AsSpan().IndexOfAny(canaries);
            Assert.True(at < 0, $"{(at < 0 ? "Nothing" : place.Value.Substring(at, 8))} lies in {place.Key}.");
        });
    }

    /// <summary>Somebody leaves, somebody opts out, somebody comes.</summary>
    private async Task<ListedPerson> ChangeAsync(AudienceSyncId id, int next)
    {
        List.People.RemoveAt(0);
        List.People[1] = List.People[1] with { IsOut = true };
        List.People.Add(Bird(next));
        await RunAsync(id);
        return List.People[^1];
    }

    private Task LoseAsync()
    {
        Graph.Done = _ => Task.CompletedTask;
        throw new HttpRequestException("The answer was lost.");
    }

    private Task Fail()
    {
        List.BeforePage = () => Task.CompletedTask;
        throw new InvalidOperationException("The reader has a bug.");
    }

    private async Task<string> AuditAsync()
    {
        var export = Value(await Portal.Get<AuditTrail>().ExportAsync(Owner, new AuditQuery(), "csv", Cancel));
        return string.Join('\n', await export.Events.Select(e => JsonSerializer.Serialize(e)).ToListAsync(Cancel));
    }

    private static ListedPerson Bird(int i)
    {
        var letters = $"{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}";
        return new($"c{i}", $" Canarybird.{letters}@Canarybird.example", $"Canarybird {letters}")
        {
            More = new Dictionary<string, string?>
            {
                ["phone"] = $"+49 {PhoneOf(i)}",
                ["last"] = $"von Canarybird-{letters}",
                ["city"] = $"Canarybird am See {letters}",
                ["state"] = $"Canarybirdland {letters}",
                ["zip"] = $"101{i:00}",
                ["country"] = "Deutschland",
                ["gender"] = "female",
                ["year"] = $"{1910 + i}",
                ["month"] = "6",
                ["day"] = $"{1 + (i % 30)}",
            },
        };
    }

    private static string PhoneOf(int i) => $"151234567{i:00}";

    /// <summary>Cells that are left out and counted.</summary>
    private static IEnumerable<ListedPerson> BadCells()
    {
        yield return Bad("b1", "canarybird at nowhere");
        yield return Bad("b2", $"canarybird{new string('x', 5000)}@canarybird.example");
        yield return Bad("b3", "canarybird@canarybird\u0000.example");
        yield return Bad("b4", "=HYPERLINK(\"https://canarybird.example\")");
        yield return Bird(90) with { IsOut = true };

        static ListedPerson Bad(string id, string text) => new(id, text, text)
        {
            More = new Dictionary<string, string?> { ["phone"] = text, ["zip"] = text, ["country"] = text, ["year"] = text },
        };
    }

    /// <summary>What is sent of somebody.</summary>
    private static IEnumerable<string> HashesOf(ListedPerson person) =>
        new PersonMatcher([.. Columns.Select(c => c.Key)], new MatchRules("DE"), new SkipCounter())
            .Cells([.. Columns.Select(c => person.ValueOf(c.Field))]).Where(c => c.Length > 0);

    /// <summary>The beginning of a hash in each form in which it could be kept.</summary>
    private static IEnumerable<string> WaysToKeep(string hash)
    {
        var bytes = Convert.FromHexString(hash);
        yield return hash[..16];
        yield return hash[..16].ToUpperInvariant();
        yield return Convert.ToBase64String(bytes)[..16];
        yield return Encoding.Latin1.GetString(bytes, 0, 8);
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}

public sealed class SyncCanaryTestsOnSqlite() : SyncCanaryTests(DatabaseProvider.Sqlite);

public sealed class SyncCanaryTestsOnPostgres() : SyncCanaryTests(DatabaseProvider.Postgres);
