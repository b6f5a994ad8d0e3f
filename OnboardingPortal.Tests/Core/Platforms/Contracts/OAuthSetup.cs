using System.Net;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

/// <summary>What token endpoints of RFC 6749 say to a code they never gave out.</summary>
internal static class OAuthSetup
{
    public static TheoryData<HttpStatusCode, string, PlatformSetupVerdict> Verdicts => new()
    {
        { HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""", PlatformSetupVerdict.Works },
        { HttpStatusCode.Unauthorized, """{"error":"invalid_client"}""", PlatformSetupVerdict.SecretRefused },
        { HttpStatusCode.BadRequest, """{"error":"redirect_uri_mismatch"}""", PlatformSetupVerdict.RedirectNotRegistered },
        { HttpStatusCode.BadRequest, """{"error":"unsupported_grant_type"}""", PlatformSetupVerdict.Unclear },
        { HttpStatusCode.OK, "{}", PlatformSetupVerdict.Unclear },
        { HttpStatusCode.ServiceUnavailable, "", PlatformSetupVerdict.Unreachable },
        { HttpStatusCode.TooManyRequests, "", PlatformSetupVerdict.Unreachable },
    };
}
