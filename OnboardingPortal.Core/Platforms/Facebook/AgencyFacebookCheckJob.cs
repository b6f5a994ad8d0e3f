using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Asks Facebook daily whether the agencies' own users are still signed in.</summary>
[DisallowConcurrentExecution]
internal sealed class AgencyFacebookCheckJob(AgencyFacebookCheck check, ILogger<AgencyFacebookCheckJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => check.CheckDueAsync(cancellationToken);
}
