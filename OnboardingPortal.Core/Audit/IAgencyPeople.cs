namespace OnboardingPortal.Core.Audit;

/// <summary>Knows who works for an agency, for the names in its audit trail.</summary>
public interface IAgencyPeople
{
    /// <summary>The users that the agency has now, by name.</summary>
    Task<List<AuditPerson>> ListAsync(AgencyId agency, CancellationToken cancellationToken);
}
