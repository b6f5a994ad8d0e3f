namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>A Business Manager (Meta now calls it business portfolio) and the user's role in it.</summary>
/// <param name="ExternalId">Facebook's id of the business.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="IsAdmin">Whether the user is Admin there: only then can it receive assets.</param>
/// <param name="UserId">The user's id within this business; what assigning people to assets asks for.</param>
public sealed record BusinessManager(string ExternalId, string Name, bool IsAdmin, string UserId);
