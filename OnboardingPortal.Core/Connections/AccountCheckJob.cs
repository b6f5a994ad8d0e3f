using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Connections;

/// <summary>Asks platforms daily whether connected accounts still work.</summary>
[DisallowConcurrentExecution]
internal sealed class AccountCheckJob(ConnectedAccounts accounts, ILogger<AccountCheckJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => accounts.CheckDueAsync(cancellationToken);
}
