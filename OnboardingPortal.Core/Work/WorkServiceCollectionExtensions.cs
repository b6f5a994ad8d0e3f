using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Data;
using Quartz;

namespace OnboardingPortal.Core.Work;

/// <summary>Registers background work.</summary>
internal static class WorkServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds work whose rounds come in their time alone.</summary>
        /// <param name="every">How long it is until the next round begins.</param>
        /// <param name="round">Does one round and gives how much it did.</param>
        /// <param name="name">Names it where <typeparamref name="TWork"/> does two things; null = by that type.</param>
        public IServiceCollection AddRound<TWork>(TimeSpan every, Func<TWork, CancellationToken, Task<int>> round, string? name = null)
            where TWork : notnull => services.AddSingleton(Plan(every, round, name, null));

        /// <summary>Adds work that <typeparamref name="TSignal"/> wakes, on every node.</summary>
        /// <param name="every">How long it is at most until the next round begins.</param>
        /// <param name="round">Does one round and gives how much it did.</param>
        public IServiceCollection AddRound<TWork, TSignal>(TimeSpan every, Func<TWork, CancellationToken, Task<int>> round)
            where TWork : notnull
            where TSignal : WorkSignal => services
                .AddSingleton<WorkSignal>(provider => provider.GetRequiredService<TSignal>())
                .AddSingleton(Plan(every, round, null, provider => provider.GetRequiredService<TSignal>()));

        /// <summary>
        /// Schedules all work that was added before, and wakes it. Told to stop, a node waits until each round has ended.
        /// </summary>
        /// <param name="hasOtherNodes">Whether other nodes are told by <c>NOTIFY</c>.</param>
        public IServiceCollection AddScheduledWork(bool hasOtherNodes)
        {
            var plans = services.Where(s => s.ServiceType == typeof(WorkPlan)).Select(s => (WorkPlan)s.ImplementationInstance!).ToList();
            services.AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
                quartz.AddTriggerListener<RestWhileAway>();
                quartz.AddJobListener(provider => provider.GetRequiredService<RoundMetrics>());
                foreach (var plan in plans) Schedule(quartz, plan);
            });
            services.AddQuartzHostedService(options =>
            {
                options.AwaitApplicationStarted = true;
                options.WaitForJobsToComplete = true;
            });
            services.AddSingleton<WorkSignals>().AddSingleton<INodeListener>(provider => provider.GetRequiredService<WorkSignals>());
            services.AddHostedService<WorkWaker>();
            return hasOtherNodes ? services.AddHostedService<WorkAnnouncer>() : services;
        }
    }

    private static WorkPlan Plan<TWork>(
        TimeSpan every, Func<TWork, CancellationToken, Task<int>> round, string? name, Func<IServiceProvider, WorkSignal>? signal)
        where TWork : notnull =>
        new(name ?? typeof(TWork).Name, every, (provider, stopping) => round(provider.GetRequiredService<TWork>(), stopping), signal);

    private static void Schedule(IQuartzBuilder quartz, WorkPlan plan) => quartz.ScheduleJob<RoundJob>(
        trigger => trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(plan.Every).RepeatForever()),
        job => job.WithIdentity(plan.Name));
}
