using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <inheritdoc />
internal sealed class AgencyPeople(PortalDbContextFactory contexts) : IAgencyPeople
{
    public async Task<List<AuditPerson>> ListAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Users.Where(u => u.AgencyId == agency).OrderBy(u => u.DisplayName)
            .Select(u => new AuditPerson(u.Id, u.DisplayName, false)).ToListAsync(cancellationToken);
    }
}
