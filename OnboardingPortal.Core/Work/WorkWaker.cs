using Microsoft.Extensions.Hosting;
using Quartz;

namespace OnboardingPortal.Core.Work;

/// <summary>Begins a round of scheduled work as soon as its signal wakes it.</summary>
internal sealed class WorkWaker(IEnumerable<WorkPlan> plans, IServiceProvider services, ISchedulerFactory schedulers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        await Task.WhenAll(plans.Where(p => p.Signal is not null).Select(p => WakeAsync(scheduler, p, p.Signal!(services), stoppingToken)));
    }

    private static async Task WakeAsync(IScheduler scheduler, WorkPlan plan, WorkSignal signal, CancellationToken stoppingToken)
    {
        while (true)
        {
            await signal.WaitAsync(stoppingToken);
            await scheduler.TriggerJob(new JobKey(plan.Name), stoppingToken);
        }
    }
}
