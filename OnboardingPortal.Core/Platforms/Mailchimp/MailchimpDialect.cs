using System.Net;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Mailchimp's errors, <c>application/problem+json</c>.</summary>
internal sealed class MailchimpDialect() : PlatformDialect(MailchimpDefaults.Key)
{
    public static readonly MailchimpDialect Instance = new();

    public override PlatformFailure? FailureOf(PlatformResponse response)
    {
        if ((int)response.Status < 400) return null;
        try
        {
            var problem = JsonSerializer.Deserialize(response.Body, MailchimpJson.Default.MailchimpProblem);
            return Failure(PlatformTransport.KindOf(response.Status), traceId: problem?.Instance);
        }
        catch (JsonException)
        {
            // Without a JSON body a 403 is throttling, says Mailchimp.
            return response.Status == HttpStatusCode.Forbidden ? Failure(PlatformFailureKind.RateLimited) : null;
        }
    }
}
