using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Delivers events to endpoints.</summary>
[DisallowConcurrentExecution]
internal sealed class WebhookDeliveryJob(WebhookDeliveries deliveries, ILogger<WebhookDeliveryJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => deliveries.DeliverAsync(cancellationToken);
}

/// <summary>Forgets old deliveries and secrets that no longer sign.</summary>
[DisallowConcurrentExecution]
internal sealed class WebhookPurgeJob(WebhookPurge purge, ILogger<WebhookPurgeJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => purge.PurgeAsync(cancellationToken);
}
