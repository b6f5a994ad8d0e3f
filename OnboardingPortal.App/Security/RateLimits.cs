using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace OnboardingPortal.App.Security;

/// <summary>How often one address may do what costs or what can be guessed. Room is left for honest bursts from one office.</summary>
internal static class RateLimits
{
    public const string SignIn = nameof(SignIn);

    public const string Link = nameof(Link);

    public const string Connect = nameof(Connect);

    public const string Events = nameof(Events);

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn, context => PerMinute(
            context, HttpMethods.IsPost(context.Request.Method) ? context.RequestServices.GetRequiredService<IConfiguration>().GetValue("RateLimits:SignIn", 30) : 600));
        options.AddPolicy(Link, context => PerMinute(context, HttpMethods.IsPost(context.Request.Method) ? 120 : 600));
        options.AddPolicy(Connect, context => PerMinute(context, 240));
        options.AddPolicy(Events, context => PerMinute(context, 600));
    }

    private static RateLimitPartition<string> PerMinute(HttpContext context, int permits) => RateLimitPartition.GetSlidingWindowLimiter(
        $"{context.Connection.RemoteIpAddress} {context.Request.Method}",
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });
}
