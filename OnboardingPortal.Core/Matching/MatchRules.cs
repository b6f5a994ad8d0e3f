namespace OnboardingPortal.Core.Matching;

/// <summary>How the values of a list are read.</summary>
/// <param name="DefaultCountry">
/// The country of telephone numbers that name none, and of the ways to write a date, a state and a postal code: two upper-case letters of
/// ISO 3166-1. Null, or letters that name no country: none.
/// </param>
/// <param name="TakesHashes">Whether a value of 64 hexadecimal digits counts as hashed already and is sent as it is.</param>
public sealed record MatchRules(string? DefaultCountry, bool TakesHashes = false);
