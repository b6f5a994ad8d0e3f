using System.Globalization;
using Microsoft.Data.Sqlite;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Bench.Portal;

/// <summary>
/// Reads the columns of <see cref="RequestRow"/> as a programmer would who knows only SQL: what the portal's reads are held against.
/// </summary>
/// <param name="connectionString">The portal's own: a connection of the pool for each read.</param>
internal sealed class RawRequests(string connectionString)
{
    private const string Columns =
        """
        r."Id", r."FirstRecipient", r."RecipientCount", r."Status", r."RequestedAt", r."ExpiresAt", r."Activity", r."ActivityAt",
        r."ActivityPlatform", r."CompletedByName", r."Accounts"
        """;

    private const string Alive = """r."AgencyId" = $agency AND r."Status" <> 'Deleted'""";

    public Task<IReadOnlyList<RawRequest>> ListAsync(AgencyId agency, RequestQuery query, CancellationToken cancellationToken)
    {
        var backwards = query.Cursor is { Backwards: true };
        var sql = $"""SELECT {Columns} FROM requests r WHERE {Alive}""";
        if (query.Status is not null) sql += """ AND r."Status" = $status""";
        if (query.Cursor is not null) sql += $""" AND r."Id" {(backwards ? '>' : '<')} $cursor""";
        sql += $""" ORDER BY r."Id" {(backwards ? "ASC" : "DESC")} LIMIT $size""";
        return ReadAsync(sql, cancellationToken,
            ("$agency", agency.Value), ("$size", query.Size + 1), ("$status", query.Status?.ToString()),
            ("$cursor", query.Cursor?.Id.Value));
    }

    public Task<IReadOnlyList<RawRequest>> SearchAsync(AgencyId agency, string search, int size, CancellationToken cancellationToken)
    {
        var words = search.Split(' ').Select(word => $"\"{word}\"*");
        var match = string.Create(CultureInfo.InvariantCulture, $"\"agency{agency.Value}\" {string.Join(' ', words)}");
        var sql = $"""
            SELECT {Columns} FROM request_search s JOIN requests r ON r."Id" = s.rowid
            WHERE request_search MATCH $match AND {Alive} ORDER BY s.rowid DESC LIMIT $size
            """;
        return ReadAsync(sql, cancellationToken, ("$agency", agency.Value), ("$match", match), ("$size", size + 1));
    }

    /// <summary>Ids of an agency's living requests, newest first, to page from.</summary>
    public async Task<IReadOnlyList<RequestId>> ListIdsAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT r."Id" FROM requests r WHERE {Alive} ORDER BY r."Id" DESC""";
        command.Parameters.AddWithValue("$agency", agency.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<RequestId>();
        while (await reader.ReadAsync(cancellationToken)) ids.Add(RequestId.From(reader.GetInt64(0)));
        return ids;
    }

    private async Task<IReadOnlyList<RawRequest>> ReadAsync(
        string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            if (value is not null) command.Parameters.AddWithValue(name, value);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<RawRequest>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetInt64(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.GetString(6), reader.GetInt64(7), reader.IsDBNull(8) ? null : reader.GetString(8),
                reader.IsDBNull(9) ? null : reader.GetString(9),
                reader.GetString(10)));
        }

        return rows;
    }
}

/// <summary>A line of the table as the database stores it.</summary>
internal sealed record RawRequest(
    long Id, string FirstRecipient, int RecipientCount, string Status, long RequestedAt, long? ExpiresAt, string Activity, long ActivityAt,
    string? ActivityPlatform, string? CompletedByName, string Accounts);
