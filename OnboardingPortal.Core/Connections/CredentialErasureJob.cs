using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Connections;

/// <summary>Erases sign-ins whose work is done.</summary>
[DisallowConcurrentExecution]
internal sealed class CredentialErasureJob(CredentialErasure erasure, ILogger<CredentialErasureJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => erasure.EraseDueAsync(cancellationToken);
}
