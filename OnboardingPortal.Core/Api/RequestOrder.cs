using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Api;

/// <summary>A request that a program wants made; what it leaves out is as the agency usually has it.</summary>
/// <param name="Message">For the client; null = the agency's default message.</param>
/// <param name="Services">What is asked for.</param>
/// <param name="FacebookUserId">The agency's Facebook user; needed with Facebook.</param>
/// <param name="BusinessManagerId">One of that user's Business Managers; needed with Facebook.</param>
/// <param name="Language">Two-letter code; null = what new requests of the agency start with.</param>
/// <param name="Recipients">Whom to mail it to, one bare address each; empty = it stays a draft.</param>
public sealed record RequestOrder(
    string? Message, IReadOnlyList<PlatformKey> Services, AgencyFacebookUserId? FacebookUserId, string? BusinessManagerId, string? Language,
    IReadOnlyList<string> Recipients)
{
    /// <summary>What the request asks for, with what the agency usually has where the order leaves it out.</summary>
    internal RequestTerms TermsOf(Agency agency) => new(
        Message ?? agency.DefaultMessageIn(agency.Language), Services, FacebookUserId, BusinessManagerId,
        Language ?? agency.RequestLanguage);
}

/// <summary>What an order came to. The same for each repeat, whatever became of the request meanwhile.</summary>
/// <param name="Id">The request that was made.</param>
/// <param name="RequestedAt">When, UTC.</param>
/// <param name="Recipients">Whom it was mailed to, without repeats; empty = it was saved as a draft.</param>
/// <param name="IsRepeat">Whether the request was made by an earlier call.</param>
public sealed record OrderedRequest(RequestId Id, DateTimeOffset RequestedAt, IReadOnlyList<string> Recipients, bool IsRepeat);
