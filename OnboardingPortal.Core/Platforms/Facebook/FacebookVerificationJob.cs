using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Asks Facebook about shares that wait for somebody.</summary>
[DisallowConcurrentExecution]
internal sealed class FacebookVerificationJob(FacebookVerification verification, ILogger<FacebookVerificationJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => verification.CheckDueAsync(cancellationToken);
}
