using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Bulk;

/// <summary>Sends what imports have ready.</summary>
[DisallowConcurrentExecution]
internal sealed class BulkSendingJob(BulkSending sending, ILogger<BulkSendingJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => sending.SendAsync(cancellationToken);
}

/// <summary>Forgets old imports.</summary>
[DisallowConcurrentExecution]
internal sealed class BulkPurgeJob(BulkSending sending, ILogger<BulkPurgeJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => sending.PurgeAsync(cancellationToken);
}
