using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Kernel;
using Quartz;

namespace OnboardingPortal.Core;

/// <summary>
/// A scheduled job that does one round of something; a round that fails is logged, unless the database is away, and the next round tries
/// again.
/// </summary>
internal abstract partial class RoundJob(ILogger logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var activity = PortalTelemetry.Traces.StartActivity($"round {GetType().Name}");
        try
        {
            context.Result = await RoundAsync(cancellationToken); // RoundMetrics takes what leaves none for failed
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            if (!DatabaseTrouble.IsLogged(exception)) LogRoundFailed(exception, GetType().Name);
        }
    }

    /// <summary>One round.</summary>
    protected abstract Task<int> RoundAsync(CancellationToken cancellationToken);

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "A round of {Job} failed")]
    private partial void LogRoundFailed(Exception exception, string job);
}
