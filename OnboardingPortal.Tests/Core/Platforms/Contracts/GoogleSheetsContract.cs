using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Google;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class GoogleSheetsContract : SignInContract<GoogleSheetsAnswers>;

public sealed class GoogleSheetsAnswers : GoogleAnswers
{
    public override PlatformKey Key => GoogleDefaults.SheetsKey;

    public override string ClientId => "sheets-client";

    public override PlatformAccount Account => new("1098", "An owner", "office@bluebakery.example");

    public override IReadOnlyList<Recorded> Identity => [Person];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => new()
    {
        { HttpStatusCode.Unauthorized, """{"error":"invalid_request","error_description":"Invalid Credentials"}""",
            PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Unauthorized, Error(401, "UNAUTHENTICATED"), PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden, Error(403, "PERMISSION_DENIED"), PlatformFailureKind.PermissionDenied },
        { HttpStatusCode.Forbidden, Error(
            403, "PERMISSION_DENIED",
            """{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}"""), PlatformFailureKind.Misconfigured },
        { HttpStatusCode.NotFound, Error(404, "NOT_FOUND"), PlatformFailureKind.NotFound },
        { HttpStatusCode.BadRequest, Error(400, "INVALID_ARGUMENT"), PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.TooManyRequests, Error(429, "RESOURCE_EXHAUSTED"), PlatformFailureKind.RateLimited },
        { HttpStatusCode.InternalServerError, Error(500, "INTERNAL"), PlatformFailureKind.Transient },
        { HttpStatusCode.ServiceUnavailable, Error(503, "UNAVAILABLE"), PlatformFailureKind.Transient },
    };

    public override (HttpStatusCode Status, string Body) Dead => (HttpStatusCode.Unauthorized, Error(401, "UNAUTHENTICATED"));

    public override Recorded Limited => Person with { Status = HttpStatusCode.TooManyRequests, Body = Error(429, "RESOURCE_EXHAUSTED") };

    public override TimeSpan Pause => TimeSpan.FromMinutes(1);

    protected override string Needed => "https://www.googleapis.com/auth/spreadsheets.readonly";
}
