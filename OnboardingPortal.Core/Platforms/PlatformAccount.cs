namespace OnboardingPortal.Core.Platforms;

/// <summary>Whose account it is, as the platform says after a sign-in.</summary>
/// <param name="ExternalId">The platform's id; stable for one account.</param>
/// <param name="Name">For people; hostile text, may be empty at the platform and then is the id.</param>
/// <param name="Detail">What tells accounts of one name apart, e.g. the sign-in address; null when the platform gives none.</param>
public sealed record PlatformAccount(string ExternalId, string Name, string? Detail);
