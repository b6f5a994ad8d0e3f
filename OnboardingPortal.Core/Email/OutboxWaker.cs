using Microsoft.Extensions.Hosting;
using Quartz;

namespace OnboardingPortal.Core.Email;

/// <summary>Runs the delivery job as soon as a mail was queued.</summary>
internal sealed class OutboxWaker(OutboxSignal signal, ISchedulerFactory schedulers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        while (true)
        {
            await signal.WaitAsync(stoppingToken);
            await scheduler.TriggerJob(new JobKey(nameof(OutboxJob)), stoppingToken);
        }
    }
}
