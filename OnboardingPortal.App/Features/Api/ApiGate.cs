using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OnboardingPortal.App.Hosting.Telemetry;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.App.Features.Api;

/// <summary>
/// Stands before everything under <c>/api</c>: bounds what is read, lets nothing be kept by caches, and lets programs see problems, never
/// pages.
/// </summary>
internal sealed partial class ApiGate(RequestDelegate next, ApiProblems problems, ILogger<ApiGate> logger)
{
    /// <summary>Where programs call.</summary>
    public const string Root = "/api";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Root))
        {
            await next(context);
            return;
        }

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en"); // until the caller's language is known
        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = ApiBody.MaxBytes;
        context.Response.Headers.CacheControl = "no-store";
        if (await RefusalAsync(context) is { } refusal && !context.Response.HasStarted) await problems.WriteAsync(context, refusal);
    }

    private async Task<PortalError?> RefusalAsync(HttpContext context)
    {
        try
        {
            if (context.GetEndpoint() is not { } endpoint) return new ApiAddressUnknown();
            if (endpoint.Metadata.GetMetadata<ApiEndpoint>() is null) // routing's own answer to a known address and another method
            {
                await KnownAddresses.RefuseMethodAsync(context, endpoint);
                return new ApiMethodRefused();
            }

            await next(context);
            return null;
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new BodyTooLarge(ApiBody.MaxBytes)
                : new BodyRefused("$");
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            var number = TraceNumber.Of(context);
            if (!DatabaseTrouble.IsLogged(exception)) LogFailed(exception, number);
            return DatabaseTrouble.Is(exception) ? new PortalBusy(DatabaseTrouble.Wait) : new ApiFailed(number);
        }
    }

    [LoggerMessage(EventId = 5951, Level = LogLevel.Error, Message = "A call of the API failed; the answer shows {Number}")]
    private partial void LogFailed(Exception exception, string number);
}
