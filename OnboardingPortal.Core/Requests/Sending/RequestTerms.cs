namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What a request asks of a client and with which words: what an agency user fills in, what is changed later, what a template and a row of
/// an import hold. <see cref="RequestTermsValidator"/> holds the rules.
/// </summary>
/// <param name="Message">Markdown for the client.</param>
/// <param name="Platforms">What is asked for; duplicates count once.</param>
/// <param name="FacebookUserId">The agency's Facebook user; needed with Facebook.</param>
/// <param name="BusinessManagerId">One of that user's Business Managers, where they are Admin; needed with Facebook.</param>
/// <param name="Language">Two-letter code; null = the client's browser decides. A change and a template leave it alone.</param>
public sealed record RequestTerms(
    string Message, IReadOnlyList<PlatformKey> Platforms, AgencyFacebookUserId? FacebookUserId, string? BusinessManagerId,
    string? Language = null);
