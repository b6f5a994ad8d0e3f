using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Looks for the proof of hosts that wait for it.</summary>
[DisallowConcurrentExecution]
internal sealed class OwnHostJob(OwnHosts hosts, ILogger<OwnHostJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => hosts.CheckDueAsync(cancellationToken);
}
