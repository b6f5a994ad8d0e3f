using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using Quartz;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Does one round of the work that the scheduler's job is named after; a round that fails is logged, unless the database is away, and the
/// next round tries again.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class RoundJob(IEnumerable<WorkPlan> plans, IServiceProvider services, ILogger<RoundJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var plan = plans.Single(p => p.Name == context.JobDetail.Key.Name);
        using var activity = PortalTelemetry.Traces.StartActivity($"round {plan.Name}");
        try
        {
            context.Result = await plan.Round(services, cancellationToken); // RoundMetrics takes what leaves none for failed
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            if (!DatabaseTrouble.IsLogged(exception)) LogRoundFailed(exception, plan.Name);
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "A round of {Work} failed")]
    private partial void LogRoundFailed(Exception exception, string work);
}
