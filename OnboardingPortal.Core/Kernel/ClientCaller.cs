namespace OnboardingPortal.Core.Kernel;

/// <summary>The participant on whose behalf a service acts, taken from the request's cookie and from nowhere else.</summary>
/// <param name="Agency">The request's agency.</param>
/// <param name="Request">The request whose link they opened.</param>
/// <param name="Participant">The participant.</param>
/// <param name="Name">As they gave it; hostile text.</param>
/// <param name="Address">Their network address, for the audit trail; null when unknown.</param>
public sealed record ClientCaller(AgencyId Agency, RequestId Request, ParticipantId Participant, string Name, string? Address)
{
    /// <summary>The caller as the audit trail names them.</summary>
    public Actor Actor => new(ActorKind.Participant, Participant.Value, Name, Address);
}
