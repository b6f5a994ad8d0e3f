using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Tests.Support;

/// <summary>Lets the database fail as a test says, on either database: in passing, for good, or of one row alone.</summary>
public sealed class FailingCommands : DbCommandInterceptor
{
    /// <summary>Looks at each command and the values it is given; what it throws fails the command.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public void Register(IServiceCollection services) => services
        .ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(this))
        .ConfigureDbContext<PostgresPortalDbContext>(options => options.AddInterceptors(this));

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await LookAsync(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await LookAsync(command);
        return result;
    }

    private Task LookAsync(DbCommand command) =>
        Before($"{command.CommandText} -- {string.Join(' ', command.Parameters.Cast<DbParameter>().Select(p => $"[{p.Value}]"))}");
}
