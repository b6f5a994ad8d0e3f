using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Email;

/// <summary>Forgets events of mails that can no longer be repeated.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliveryEventJob(DeliveryService deliveries, ILogger<DeliveryEventJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => deliveries.ForgetAsync(cancellationToken);
}
