using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Goes on with what clients chose to share and nobody shares any more.</summary>
[DisallowConcurrentExecution]
internal sealed class FacebookSharingJob(FacebookSharing sharing, ILogger<FacebookSharingJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => sharing.ResumeDueAsync(cancellationToken);
}
