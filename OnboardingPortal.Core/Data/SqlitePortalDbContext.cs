using Microsoft.EntityFrameworkCore;

namespace OnboardingPortal.Core.Data;

/// <summary>The model on SQLite, and the owner of its migrations.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    /// <summary>Whether it is this context's turn to write. Kept by <see cref="WriteGate"/>.</summary>
    internal bool HoldsTurn { get; set; }

    /// <summary>Whether the transaction that is open has written something. Kept by <see cref="DiskWatch"/>.</summary>
    internal bool HasWritten { get; set; }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // SQLite can neither order nor compare a DateTimeOffset.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
