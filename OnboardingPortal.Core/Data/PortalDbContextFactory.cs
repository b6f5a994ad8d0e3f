using Microsoft.EntityFrameworkCore;

namespace OnboardingPortal.Core.Data;

/// <summary>Makes contexts: one an operation, each for one agency or, openly, for none.</summary>
/// <param name="create">Takes a context of the configured database from its pool.</param>
public sealed class PortalDbContextFactory(Func<PortalDbContext> create)
{
    /// <summary>A context that sees and writes the rows of one agency only.</summary>
    public PortalDbContext Create(AgencyId agency)
    {
        if (agency == AgencyId.None) throw new ArgumentException("No agency given.", nameof(agency));
        return With(agency);
    }

    /// <summary>A context for jobs, sign-in and link look-ups: sees no agency's rows unless a query ignores the filters.</summary>
    public PortalDbContext CreateForSystem() => With(AgencyId.None);

    private PortalDbContext With(AgencyId tenant)
    {
        var db = create();
        // a pooled context remembers the last tenant
        db.Tenant = tenant;
        db.AfterCommit = null;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        if (db is SqlitePortalDbContext) db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always; // each save passes WriteGate
        return db;
    }
}
