using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.ActiveCampaign;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

public sealed class ActiveCampaignContract : PlatformContract<ActiveCampaignAnswers>;

public sealed class ActiveCampaignAnswers : PlatformAnswers
{
    private const string Closed =
        """{"errors":[{"status":403,"title":"Forbidden","detail":"You do not have permission to view lists."}]}""";

    public override PlatformKey Key => ActiveCampaignDefaults.Key;

    public override PlatformCredentials Credentials => new("0a1b2c3d", null, null, new Uri("https://bakery.api-us1.com/"));

    public override PlatformAccount Account => new("bakery.api-us1.com/1", "bakery.api-us1.com", "johndoe@example.com");

    public override IReadOnlyList<Recorded> Identity =>
    [
        new(HttpMethod.Get, "https://bakery.api-us1.com/api/3/users/me", """
            {"user":{"id":"1","username":"jdoe","firstName":"John","lastName":"Doe","email":"johndoe@example.com","phone":"","links":{"lists":"https://bakery.api-us1.com/api/3/users/1/lists"}}}
            """),
    ];

    public override TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => new()
    {
        { HttpStatusCode.Forbidden, """{"message":"You are not authorized to access this API."}""", PlatformFailureKind.AuthExpired },
        { HttpStatusCode.Forbidden, Closed, PlatformFailureKind.AuthExpired },
        { HttpStatusCode.NotFound, """{"message":"No Result found for Subscriber with id 1"}""", PlatformFailureKind.NotFound },
        { HttpStatusCode.UnprocessableEntity, """{"errors":[{"title":"Invalid","source":{"pointer":"/data/attributes/email"}}]}""",
            PlatformFailureKind.InvalidRequest },
        { HttpStatusCode.TooManyRequests, "", PlatformFailureKind.RateLimited },
        { HttpStatusCode.InternalServerError, "", PlatformFailureKind.Transient },
    };

    public override (HttpStatusCode Status, string Body) Dead => (HttpStatusCode.Unauthorized, "");

    public override PlatformFailureKind Redirected => PlatformFailureKind.NotFound; // something else answers at the typed address

    public override Recorded Limited => Identity[0] with
    {
        Status = HttpStatusCode.TooManyRequests,
        Body = "",
        Headers = new Dictionary<string, string> { ["Retry-After"] = "30", ["RateLimit-Limit"] = "5", ["RateLimit-Remaining"] = "0" },
    };

    public override TimeSpan Pause => TimeSpan.FromSeconds(30);

    public override Recorded? Revoke => null;
}
