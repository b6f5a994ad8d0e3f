using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Data;

/// <summary>What <c>dotnet ef</c> makes SQLite migrations with.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqlitePortalDbContext>
{
    public SqlitePortalDbContext CreateDbContext(string[] args) =>
        DesignTimeServices.Build().GetRequiredService<IDbContextFactory<SqlitePortalDbContext>>().CreateDbContext();
}

/// <summary>What <c>dotnet ef</c> makes PostgreSQL migrations with.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresPortalDbContext>
{
    public PostgresPortalDbContext CreateDbContext(string[] args) =>
        DesignTimeServices.Build().GetRequiredService<IDbContextFactory<PostgresPortalDbContext>>().CreateDbContext();
}

/// <summary>The same registration as the running portal's, so that the model is the same. Nothing is opened.</summary>
internal static class DesignTimeServices
{
    public static ServiceProvider Build()
    {
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Portal"] = "Host=localhost" };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPortalDatabase();
        return services.BuildServiceProvider();
    }
}
