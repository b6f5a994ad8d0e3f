using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Bench.Portal;

/// <summary>
/// A database of the portal's newest schema with many requests in it, made once and kept under the system's temporary folder.
/// </summary>
internal sealed class RequestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RequestDatabase(ServiceProvider services, string connectionString, int count)
    {
        _services = services;
        ConnectionString = connectionString;
        Count = count;
    }

    /// <summary>The one the portal itself uses.</summary>
    public string ConnectionString { get; }

    /// <summary>Requests of all agencies.</summary>
    public int Count { get; }

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<RequestDatabase> OpenAsync(int count, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(
            Path.GetTempPath(), "onboarding-portal-bench", await VersionAsync(cancellationToken),
            count.ToString(CultureInfo.InvariantCulture));
        if (!Directory.Exists(folder))
        {
            var unfinished = folder + ".unfinished";
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            PrivateFiles.CreateDirectory(unfinished);
            await using (var filling = Open(unfinished, count))
            {
                await PortalDatabase.MigrateAsync(filling.Service<PortalDbContextFactory>(), isAlone: false, cancellationToken);
                await RequestSeed.FillAsync(filling.ConnectionString, count, cancellationToken);
            }

            Directory.Move(unfinished, folder);
        }

        return Open(folder, count);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();          // else the file stays open
        return _services.DisposeAsync();
    }

    private static RequestDatabase Open(string folder, int count)
    {
        var services = PortalCore.Open(folder);
        using var db = services.GetRequiredService<PortalDbContextFactory>().CreateForSystem();
        return new(services, db.Database.GetConnectionString()!, count);
    }

    /// <summary>Another schema or another seed makes another database.</summary>
    private static async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        await using var services = PortalCore.Open(Path.GetTempPath());
        await using var db = services.GetRequiredService<PortalDbContextFactory>().CreateForSystem();
        cancellationToken.ThrowIfCancellationRequested();
        return $"{db.Database.GetMigrations().Last()}-{RequestSeed.Version}";
    }
}
