using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Connections;

/// <summary>Renews data keys that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class KeyRotationJob(KeyRing ring, ILogger<KeyRotationJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => ring.RotateDueAsync(cancellationToken);
}
