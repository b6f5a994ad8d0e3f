using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Email;

/// <summary>Delivers queued mails.</summary>
[DisallowConcurrentExecution]
internal sealed class OutboxJob(Outbox outbox, ILogger<OutboxJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => outbox.DeliverAsync(cancellationToken);
}
