using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Lets the agency's own Facebook users work with what clients shared.</summary>
[DisallowConcurrentExecution]
internal sealed class FacebookAssignmentJob(FacebookAssignment assignment, ILogger<FacebookAssignmentJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => assignment.AssignDueAsync(cancellationToken);
}
