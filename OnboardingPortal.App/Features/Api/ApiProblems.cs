using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Hosting.Telemetry;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Api;

/// <summary>Refusals as answers of the API: a status, a code that is the refusal's name, and its words.</summary>
internal sealed class ApiProblems(IStringLocalizer<PortalError> text, PlatformCatalog platforms)
{
    public const string ContentType = "application/problem+json";

    /// <summary>What the body calls the fields of <see cref="RequestTerms"/>, where the names differ.</summary>
    private static readonly Dictionary<string, string> Names = new() { [nameof(RequestTerms.Platforms)] = "services" };

    /// <summary>The refusal as an endpoint's result.</summary>
    public IResult Of(PortalError error) => new Refusal(this, error);

    /// <summary>Answers with the refusal, and with when to come back where waiting helps.</summary>
    public Task WriteAsync(HttpContext context, PortalError error)
    {
        var problem = Describe(context, error);
        context.Response.StatusCode = problem.Status;
        if (WaitOf(error) is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Options, ContentType, context.RequestAborted);
    }

    public static int StatusOf(PortalError error) => error switch
    {
        BodyRefused or BodyMemberUnknown or QueryRefused or IdempotencyKeyRefused => StatusCodes.Status400BadRequest,
        ApiKeyMissing or ApiKeyUnknown or ApiKeyRevoked or ApiKeyExpired or ApiKeyUserGone or ApiKeyUserNotMain =>
            StatusCodes.Status401Unauthorized,
        ApiScopeMissing or NotAllowed => StatusCodes.Status403Forbidden,
        RequestNotFound or SyncNotFound or ApiAddressUnknown => StatusCodes.Status404NotFound,
        ApiMethodRefused => StatusCodes.Status405MethodNotAllowed,
        BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        BodyNotJson => StatusCodes.Status415UnsupportedMediaType,
        InputRefused or AddressMissing or AddressesRefused or TooManyAddresses or BusinessManagerRefused or IdempotencyKeyReused =>
            StatusCodes.Status422UnprocessableEntity,
        PortalBusy => StatusCodes.Status503ServiceUnavailable,
        _ when WaitOf(error) is not null => StatusCodes.Status429TooManyRequests,
        ApiFailed => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status409Conflict, // what a service refuses in the present state: completed, expired
    };

    private static TimeSpan? WaitOf(PortalError error) => error switch
    {
        TooManyCalls calls => calls.Wait,
        SentJustNow just => just.Wait,
        SentTooOften often => often.Wait,
        PortalBusy busy => busy.Wait,
        _ => null,
    };

    private ApiProblem Describe(HttpContext context, PortalError error) => new()
    {
        Type = "about:blank",
        Title = ReasonPhrases.GetReasonPhrase(StatusOf(error)),
        Status = StatusOf(error),
        Detail = text.For(error, platforms),
        Code = error.GetType().Name,
        TraceId = TraceNumber.Of(context),
        Errors = (error as InputRefused)?.Fields.ToDictionary(
            f => Names.GetValueOrDefault(f.Key) ?? char.ToLowerInvariant(f.Key[0]) + f.Key[1..], f => f.Value),
    };

    private sealed class Refusal(ApiProblems problems, PortalError error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => problems.WriteAsync(httpContext, error);
    }
}
