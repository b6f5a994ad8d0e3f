using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Data;

/// <summary>The model on SQLite, and the owner of its migrations.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    internal override IQueryable<OnboardingRequest> SearchRequests(AgencyId agency, string search)
    {
        var match = RequestSearch.ForSqlite(agency, search);
        return Requests.FromSql(
            $"""SELECT r.* FROM request_search JOIN requests AS r ON r."Id" = request_search.rowid WHERE request_search MATCH {match}""");
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // SQLite can neither order nor compare a DateTimeOffset.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
