using Microsoft.Extensions.Hosting;
using Quartz;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Runs the delivery job as soon as an event was committed.</summary>
internal sealed class WebhookWaker(WebhookSignal signal, ISchedulerFactory schedulers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        while (true)
        {
            await signal.WaitAsync(stoppingToken);
            await scheduler.TriggerJob(new JobKey(nameof(WebhookDeliveryJob)), stoppingToken);
        }
    }
}
