using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace OnboardingPortal.Tests.Support;

/// <summary>How SQLite goes about the queries of a reading.</summary>
public static partial class QueryPlans
{
    /// <summary>The plan of each query that the reading makes, as SQLite explains it.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TestPortal portal, Func<Task> reading)
    {
        var before = portal.Logs.Lines.Count;
        await reading();
        var statements = portal.Logs.Lines.Skip(before).Where(m => m.Contains("Executed DbCommand", StringComparison.Ordinal))
            .Select(m => m[m.IndexOf("SELECT", StringComparison.Ordinal)..]).ToList();
        await using var connection = new SqliteConnection(portal.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var plans = new List<string>();
        foreach (var statement in statements) plans.Add(await PlanAsync(connection, statement));
        return plans;
    }

    /// <summary>The tables of a plan that are gone through from end to end; the few rows of a subquery are no table.</summary>
    public static IEnumerable<string> Scanned(string plan) =>
        Scan().Matches(plan).Select(m => m.Groups[1].Value)
            .Where(table => !plan.Contains($"CO-ROUTINE {table}\n", StringComparison.Ordinal));

    private static async Task<string> PlanAsync(SqliteConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statement is the portal's own, from its log
        command.CommandText = $"EXPLAIN QUERY PLAN {statement}";
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(statement).Select(m => m.Value).Distinct()) command.Parameters.AddWithValue(name, 1);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^SCAN (\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Scan();
}
