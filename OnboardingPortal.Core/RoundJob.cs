using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
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
        try
        {
            await RoundAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!DatabaseTrouble.IsLogged(exception)) LogRoundFailed(exception, GetType().Name);
        }
    }

    /// <summary>One round.</summary>
    protected abstract Task<int> RoundAsync(CancellationToken cancellationToken);

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "A round of {Job} failed")]
    private partial void LogRoundFailed(Exception exception, string job);
}
