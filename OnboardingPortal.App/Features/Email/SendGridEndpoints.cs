using System.Buffers;
using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.App.Features.Email;

/// <summary>Takes what SendGrid tells of mails. Anybody who posts is nobody until the signature says that it is SendGrid.</summary>
internal static class SendGridEndpoints
{
    /// <summary>The most bytes of a body: SendGrid sends at most 768 KB.</summary>
    public const int LongestBody = 1024 * 1024;

    public static void MapSendGrid(this IEndpointRouteBuilder app) =>
        app.MapPost("/" + SendGridDefaults.WebhookPath, TakeAsync).AllowAnonymous().DisableAntiforgery()
            .RequireRateLimiting(RateLimits.Events);

    private static async Task TakeAsync(HttpContext context, SendGridSignature signature, DeliveryService deliveries)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false; // no page: nobody looks at the answer
        context.Response.StatusCode = await AnswerAsync(context, signature, deliveries);
    }

    private static async Task<int> AnswerAsync(HttpContext context, SendGridSignature signature, DeliveryService deliveries)
    {
        if (!signature.IsConfigured) return StatusCodes.Status404NotFound;
        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body) return StatusCodes.Status413PayloadTooLarge;
        if (!signature.IsGenuine(Only(SendGridSignature.TimestampHeader), Only(SendGridSignature.SignatureHeader), body))
            return StatusCodes.Status403Forbidden;
        if (SendGridEvents.Read(body) is not { } reports) return StatusCodes.Status400BadRequest;
        await deliveries.ApplyAsync(reports, context.RequestAborted);
        return StatusCodes.Status204NoContent;

        string? Only(string header) => context.Request.Headers[header] is { Count: 1 } values ? values[0] : null;
    }

    /// <summary>The body as it came, or null when it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LongestBody) return null;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var isTooLong = read.Buffer.Length > LongestBody;
            var body = read.IsCompleted && !isTooLong ? read.Buffer.ToArray() : null;
            request.BodyReader.AdvanceTo(isTooLong || read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isTooLong || read.IsCompleted) return body;
        }
    }
}
