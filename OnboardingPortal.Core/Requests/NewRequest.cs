using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Core.Requests;

/// <summary>What an agency user fills in to make a request; <see cref="NewRequestValidator"/> holds its rules.</summary>
/// <param name="Message">Plain text for the client.</param>
/// <param name="Platforms">What is asked for; duplicates count once.</param>
/// <param name="FacebookUserId">The agency's Facebook user; needed with Facebook.</param>
/// <param name="BusinessManagerId">One of that user's Business Managers, where they are Admin; needed with Facebook.</param>
/// <param name="Language">Two-letter code; null = the client's browser decides.</param>
public sealed record NewRequest(
    string Message, IReadOnlyList<PlatformKey> Platforms, AgencyFacebookUserId? FacebookUserId, string? BusinessManagerId,
    string? Language);
