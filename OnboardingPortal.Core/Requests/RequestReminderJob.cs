using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Requests;

/// <summary>Reminds recipients of requests that nobody completed yet.</summary>
[DisallowConcurrentExecution]
internal sealed class RequestReminderJob(RequestReminders reminders, ILogger<RequestReminderJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => reminders.RemindAsync(cancellationToken);
}
