using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Api;

/// <summary>Forgets the calls that are not known again any more.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetOrdersJob(RequestOrders orders, ILogger<ForgetOrdersJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => orders.ForgetAsync(cancellationToken);
}
