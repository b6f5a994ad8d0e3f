using Microsoft.Extensions.Logging;
using Quartz;

namespace OnboardingPortal.Core.Requests;

/// <summary>Notes that links died.</summary>
[DisallowConcurrentExecution]
internal sealed class RequestExpiryJob(RequestExpiry expiry, ILogger<RequestExpiryJob> logger) : RoundJob(logger)
{
    protected override Task<int> RoundAsync(CancellationToken cancellationToken) => expiry.ExpireAsync(cancellationToken);
}
