using System.Globalization;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Bench.Portal;

/// <summary>
/// Requests of several agencies, mixed as time mixes them, in every status, with texts of the usual length. They are the same in
/// every run. The triggers of the full-text index are at work, so that it holds what it would hold.
/// </summary>
internal static class RequestSeed
{
    /// <summary>Rises when other rows are made.</summary>
    public const int Version = 2;

    private const int Agencies = 4;
    private const int IdRandomBits = 20;
    private static readonly TimeSpan _apart = TimeSpan.FromSeconds(80);
    private static readonly DateTimeOffset _start = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _idEpoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] _columns =
    [
        "id", "agency", "message", "status", "hash", "link", "requested", "expires", "completed", "completedBy", "recipient", "activity",
        "moved", "platform",
        "accounts", "search",
    ];

    private static readonly string[] _mailboxes =
    [
        "accounts", "ads", "booking", "contact", "desk", "events", "finance", "garden", "hello", "info", "jobs", "kitchen", "legal", "mail",
        "news",
        "office", "press", "quality", "reception", "sales", "team", "upstairs", "vouchers", "web", "xmas", "yard", "zone", "admin",
        "backoffice", "care",
    ];


    private static readonly string[] _syllables =
    [
        "ba", "co", "di", "fen", "ga", "hol", "in", "jo", "ka", "lum", "mo", "na", "or", "pel", "qui", "ra", "sol", "ta", "ul", "ve", "wen",
        "xa", "yo", "zir",
    ];

    public static IReadOnlyList<AgencyId> AgencyIds { get; } = [.. Enumerable.Range(1, Agencies).Select(number => AgencyId.From(number))];

    public static async Task FillAsync(string connectionString, int count, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; PRAGMA temp_store=MEMORY", cancellationToken);
        await using (var transaction = connection.BeginTransaction())
        {
            await InsertAgenciesAsync(connection, cancellationToken);
            InsertRequests(connection, count, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
    }

    /// <summary>What a person may type to find one of <paramref name="count"/> requests.</summary>
    public static string Search(Random random, int count)
    {
        var company = Company(random, count);
        return random.Next(4) switch
        {
            0 => company,
            1 => company[..4],
            2 => FirstName(random),
            _ => $"{FirstName(random)} {company[..3]}",
        };
    }

    private static async Task InsertAgenciesAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        foreach (var agency in AgencyIds)
        {
            await ExecuteAsync(
                connection,
                $"""
                INSERT INTO agencies ("Id", "Name", "DefaultMessage", "IncludeRequesterName", "Language", "CreatedAt")
                VALUES ({agency}, 'Agency {agency}', 'Hello', 1, 'en', {_start.UtcTicks.ToString(CultureInfo.InvariantCulture)})
                """,
                cancellationToken);
        }
    }

    private static void InsertRequests(SqliteConnection connection, int count, CancellationToken cancellationToken)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO requests ("Id", "AgencyId", "RequesterId", "RequesterName", "Message", "Status", "LinkTokenHash",
                "LinkTokenProtected", "RequestedAt", "SentAt", "ExpiresAt", "CompletedAt", "CompletedByName", "FirstRecipient",
                "RecipientCount", "Activity", "ActivityAt", "ActivityPlatform", "Accounts", "SearchText", "Version")
            VALUES ($id, $agency, 1, 'Demo owner', $message, $status, $hash, $link, $requested, $requested, $expires, $completed,
                $completedBy, $recipient, 1, $activity, $moved, $platform, $accounts, $search, 3)
            """;
        var parameters = _columns.ToDictionary(name => name, name => insert.Parameters.AddWithValue("$" + name, DBNull.Value));
        var message = string.Join(' ', Enumerable.Repeat("We need access to your advertising accounts.", 8));
        var link = new string('x', 180);
        var random = new Random(1);
        for (var number = 0; number < count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var requested = _start + (number * _apart);
            var agency = AgencyIds[random.Next(Agencies)];
            var (first, company) = (FirstName(random), Company(random, count));
            var status = Status(random);
            var connected = status == RequestStatus.Connected;
            var hash = new byte[32];
            random.NextBytes(hash);
            Set("id", IdAt(requested, random));
            Set("agency", agency.Value);
            Set("message", message);
            Set("status", status.ToString());
            Set("hash", hash);
            Set("link", link);
            Set("requested", requested.UtcTicks);
            Set("expires", status == RequestStatus.Draft ? null : requested.AddMonths(1).UtcTicks);
            Set("completed", connected ? requested.AddDays(1).UtcTicks : null);
            Set("completedBy", connected ? first : null);
            Set("recipient", $"{first}@{company}.example");
            Set("activity", (connected ? RequestActivity.Completed : RequestActivity.Sent).ToString());
            Set("moved", requested.AddDays(1).UtcTicks);
            Set("platform", connected ? "mailchimp" : null);
            Set("accounts", Accounts(company, connected));
            Set("search", status == RequestStatus.Deleted ? "" : $"agency{agency} {first} {company} example");
            insert.ExecuteNonQuery();
        }

        void Set(string name, object? value) => parameters[name].Value = value ?? DBNull.Value;
    }

    private static long IdAt(DateTimeOffset time, Random random) =>
        ((long)(time - _idEpoch).TotalMilliseconds << IdRandomBits) | (uint)random.Next(1 << IdRandomBits);

    private static RequestStatus Status(Random random) => random.Next(100) switch
    {
        < 45 => RequestStatus.Connected,
        < 85 => RequestStatus.Pending,
        < 95 => RequestStatus.Expired,
        < 98 => RequestStatus.Draft,
        _ => RequestStatus.Deleted,
    };

    private static string Accounts(string company, bool connected) => AccountSummaries.Of(
    [
        new("facebook", connected ? 2 : 0, 0, false, false, connected ? [$"{company} ads", $"{company} page"] : []),
        new("mailchimp", connected ? 1 : 0, 0, false, false, connected ? [company] : []),
    ]).Json;

    private static string FirstName(Random random) => _mailboxes[random.Next(_mailboxes.Length)];

    /// <summary>One of as many companies as a tenth of the requests: a client is asked ten times.</summary>
    private static string Company(Random random, int count)
    {
        var number = random.Next(count / 10);
        var name = "";
        for (var syllable = 0; syllable < 4; syllable++, number /= _syllables.Length) name += _syllables[number % _syllables.Length];
        return name;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
