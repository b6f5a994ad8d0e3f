using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace OnboardingPortal.Core;

/// <summary>Wakes a job when there is something for it to do, so that it does not wait for its next round.</summary>
public abstract class JobSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to do. Returns at once; several calls count as one.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until <see cref="Wake"/> was called since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakes.Reader.ReadAsync(cancellationToken);
}

/// <summary>Runs a scheduled job as soon as its signal wakes it.</summary>
internal sealed class JobWaker<TSignal, TJob>(TSignal signal, ISchedulerFactory schedulers) : BackgroundService
    where TSignal : JobSignal
    where TJob : IJob
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        while (true)
        {
            await signal.WaitAsync(stoppingToken);
            await scheduler.TriggerJob(new JobKey(typeof(TJob).Name), stoppingToken);
        }
    }
}
