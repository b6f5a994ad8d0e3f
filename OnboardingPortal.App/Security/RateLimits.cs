using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OnboardingPortal.App.Features.Api;
using OnboardingPortal.Core.Api;

namespace OnboardingPortal.App.Security;

/// <summary>How often one address may do what costs or what can be guessed. Room is left for honest bursts from one office.</summary>
internal static class RateLimits
{
    public const string SignIn = nameof(SignIn);

    public const string Link = nameof(Link);

    public const string Connect = nameof(Connect);

    public const string Api = nameof(Api);
    public const string Events = nameof(Events);

    private const int Segments = 6;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(AllOfANetwork);
        options.AddPolicy(SignIn, context => PerMinute(
            context, HttpMethods.IsPost(context.Request.Method)
                ? context.RequestServices.GetRequiredService<IConfiguration>().GetValue("RateLimits:SignIn", 30)
                : 600));
        options.AddPolicy(Link, context => PerMinute(context, HttpMethods.IsPost(context.Request.Method) ? 120 : 600));
        options.AddPolicy(Connect, context => PerMinute(context, 240));
        options.AddPolicy(Api, PerKey);
        options.OnRejected = AnswerAsync;
        options.AddPolicy(Events, context => PerMinute(context, 600));
    }

    /// <summary>
    /// Under all other limits: so much that an office full of people never meets it, and nobody slows everybody else down.
    /// </summary>
    private static RateLimitPartition<string> AllOfANetwork(HttpContext context)
    {
        var configuration = context.RequestServices.GetRequiredService<IConfiguration>();
        return RateLimitPartition.GetTokenBucketLimiter(Network.Of(context.Connection.RemoteIpAddress), _ =>
        {
            var perSecond = configuration.GetValue("RateLimits:All", 200);
            return new TokenBucketRateLimiterOptions
            {
                TokenLimit = 10 * perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1)
            };
        });
    }

    /// <summary>
    /// By the key that a call came with, good or not: what its holder does is no other caller's burden. A call without one counts for its
    /// address.
    /// </summary>
    private static RateLimitPartition<string> PerKey(HttpContext context) => PerMinute(
        ApiKeyHandler.KeyOf(context.Request) is { } key
            ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))
            : $"{Network.Of(context.Connection.RemoteIpAddress)} without a key",
        context.RequestServices.GetRequiredService<IConfiguration>().GetValue("RateLimits:Api", 600));

    /// <summary>A program is told when to come back.</summary>
    private static async ValueTask AnswerAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is null) return;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromMinutes(1) / Segments;
        await context.RequestServices.GetRequiredService<ApiProblems>().WriteAsync(context, new TooManyCalls(wait));
    }

    private static RateLimitPartition<string> PerMinute(HttpContext context, int permits) =>
        PerMinute($"{Network.Of(context.Connection.RemoteIpAddress)} {context.Request.Method}", permits);

    private static RateLimitPartition<string> PerMinute(string who, int permits) => RateLimitPartition.GetSlidingWindowLimiter(
        who, _ =>
            new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = Segments });
}
