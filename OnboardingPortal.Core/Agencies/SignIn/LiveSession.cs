namespace OnboardingPortal.Core.Agencies;

/// <summary>A session that is alive, with what its user is and may do at this moment.</summary>
/// <param name="Id">The session.</param>
/// <param name="Caller">Its user.</param>
/// <param name="SecurityStamp">Identity's stamp: a cookie with another one is from before a password or a second factor changed.</param>
/// <param name="NeedsSecondFactor">Whether the agency wants a second factor of everybody.</param>
/// <param name="HasSecondFactor">Whether the user has one: an authenticator app or a passkey.</param>
/// <param name="Language">The user's language, a two-letter code; null = the browser's.</param>
/// <param name="TimeZone">The user's zone, an IANA name; null = the browser's.</param>
public sealed record LiveSession(
    UserSessionId Id, AgencyCaller Caller, string? SecurityStamp, bool NeedsSecondFactor, bool HasSecondFactor, string? Language,
    string? TimeZone);
