using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// What no query of Core may do, in any test: hold a thread while the database works, or take some rows without saying which.
/// </summary>
internal sealed class DatabaseManners : DbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor
{
    private static readonly DatabaseManners Instance = new();

    public static void Register(IServiceCollection services) =>
        services.ConfigureDbContext<SqlitePortalDbContext>(Teach).ConfigureDbContext<PostgresPortalDbContext>(Teach);

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Refuse(command.CommandText);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Refuse(command.CommandText);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Refuse(command.CommandText);
        return result;
    }

    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        if (eventData.Context?.ChangeTracker.Entries<DataProtectionKey>().Any() != true) Refuse("BEGIN");
        return result;
    }

    private static void Teach(DbContextOptionsBuilder options) => options.AddInterceptors(
        Instance).ConfigureWarnings(warnings => warnings.Throw(
        CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning,
        CoreEventId.DistinctAfterOrderByWithoutRowLimitingOperatorWarning));

    /// <summary>
    /// What tests themselves ask is their own affair; the key ring of Data Protection is read and written by an interface that knows no
    /// other way.
    /// </summary>
    private static void Refuse(string command)
    {
        if (command.Contains("data_protection_keys", StringComparison.Ordinal)) return;
        var asking = new StackTrace().GetFrames().Select(f => f.GetMethod()?.DeclaringType).FirstOrDefault(
            t => t is not null && !typeof(IInterceptor).IsAssignableFrom(t)
                && (t.Assembly == typeof(PortalDbContext).Assembly || t.Assembly == typeof(DatabaseManners).Assembly));
        if (asking?.Assembly == typeof(PortalDbContext).Assembly)
            throw new InvalidOperationException($"This holds a thread while the database works: {command}");
    }
}
