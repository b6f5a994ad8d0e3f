using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync.Kills;

/// <summary>
/// Lets a node stand still where it is to be killed: what it does at the database, at Facebook and with the list passes here. The portal
/// itself knows nothing of it.
/// </summary>
internal sealed class KillPoints(KillableSync sync, KillPoint? point) : DbCommandInterceptor
{
    private const string Everywhere = "/usersofanyaudience";
    private int _pages;
    private int _batches;
    private bool _isLast;

    public void Register(IServiceCollection services) => services
        .ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(this))
        .ConfigureDbContext<PostgresPortalDbContext>(options => options.AddInterceptors(this));

    /// <summary>Before a page of the list is read.</summary>
    public Task BeforePageAsync() => ++_pages > 1 ? StandAsync(KillPoint.PageIsRead) : Task.CompletedTask;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await BeforeAsync(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(command);
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var (table, sets, _) = Read(command);
        if (table == "sync_batches" && sets.Contains(" ConfirmedAt = ", StringComparison.Ordinal) && _batches > 0)
            await StandAsync(KillPoint.BatchIsConfirmed);
        if (table == "audience_syncs" && sets.Contains(" Generation = ", StringComparison.Ordinal))
            await StandAsync(KillPoint.RosterCounts);
        return result;
    }

    private async Task BeforeAsync(DbCommand command)
    {
        if (command.CommandText.Replace("\"", "", StringComparison.Ordinal).Contains("INSERT INTO sync_batches", StringComparison.Ordinal))
            await StandAsync(KillPoint.BatchIsCut);
        var (table, sets, rows) = Read(command);
        if (table == "sync_runs" && sets.Contains(" Turns = ", StringComparison.Ordinal) && sync.Mode != KillMode.FirstFill)
            await StandAsync(KillPoint.RunBegins);
        if (table == "sync_batches" && rows.Contains("Action <> ", StringComparison.Ordinal) && _isLast)
            await StandAsync(KillPoint.AllIsConfirmed); // the roster is about to be made
        if (table == "audience_syncs" && sets.Contains(" Generation = ", StringComparison.Ordinal))
            await StandAsync(KillPoint.RosterIsWritten);
        if (table == "audience_syncs" && sets.Contains(" RunId = ", StringComparison.Ordinal))
            await StandAsync(KillPoint.RunHasEnded);
    }

    /// <summary>The parts of a change; empty where it is none.</summary>
    private static (string Table, string Sets, string Rows) Read(DbCommand command)
    {
        var sql = command.CommandText.Replace("\"", "", StringComparison.Ordinal);
        if (!sql.StartsWith("UPDATE ", StringComparison.Ordinal)) return ("", "", "");
        var where = sql.IndexOf("WHERE", StringComparison.Ordinal);
        return (sql.Split(' ')[1], where < 0 ? sql : sql[..where], where < 0 ? "" : sql[where..]);
    }

    /// <summary>Stands there until the process is killed, if it is there that it is to be.</summary>
    private async Task StandAsync(KillPoint here)
    {
        if (here != point) return;
        await Console.Out.WriteLineAsync($"at {sync.Name}");
        await new TaskCompletionSource().Task;
    }

    private async Task AnsweredAsync(string path, IReadOnlyDictionary<string, string> form)
    {
        if (path.EndsWith("/customaudiences", StringComparison.Ordinal) && form.Count > 0 && sync.Mode == KillMode.FirstFill)
            await StandAsync(KillPoint.RunBegins);
        // Of a replacement that is whole the session is read back: what was sent may have arrived in the life before.
        if (path.EndsWith("/sessions", StringComparison.Ordinal)) _isLast = true;
        if (!form.ContainsKey("payload")) return;
        await StandAsync(KillPoint.BatchHasArrived);
        if (++_batches == 2) await StandAsync(KillPoint.NextBatchHasArrived);
        var isTheModes = !path.EndsWith(Everywhere, StringComparison.Ordinal)
            && form.ContainsKey("method") == (sync.Mode == KillMode.Removal);
        if (!isTheModes || !form["session"].Contains("\"last_batch_flag\":true", StringComparison.Ordinal)) return;
        _isLast = true;
        await StandAsync(KillPoint.LastBatchHasArrived);
    }

    /// <summary>The node's calls to Facebook.</summary>
    public sealed class Calls(KillPoints points, HttpMessageHandler facebook) : DelegatingHandler(facebook)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var form = StubHttp.Pairs(body);
            if (form.ContainsKey("payload")) await points.StandAsync(KillPoint.BatchIsWrittenDown);
            var answer = await base.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await points.AnsweredAsync(request.RequestUri!.AbsolutePath, form);
            return answer;
        }
    }
}
