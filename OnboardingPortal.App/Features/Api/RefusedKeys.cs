using System.Net;
using System.Threading.RateLimiting;
using OnboardingPortal.App.Security;

namespace OnboardingPortal.App.Features.Api;

/// <summary>
/// How often a network may call with keys that are none: past that, its keys are not looked up for a while, good ones neither.
/// </summary>
public sealed class RefusedKeys(IConfiguration configuration) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        network => RateLimitPartition.GetSlidingWindowLimiter(
            network, _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = configuration.GetValue("RateLimits:RefusedKeys", 60),
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            }));

    /// <summary>How long the network has to wait before a key of it is looked up again; null = not at all.</summary>
    public TimeSpan? PauseOf(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(Network.Of(address), permitCount: 0);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : TimeSpan.FromSeconds(10);
    }

    public void Note(IPAddress? address) => _limiter.AttemptAcquire(Network.Of(address)).Dispose();

    public void Dispose() => _limiter.Dispose();
}
