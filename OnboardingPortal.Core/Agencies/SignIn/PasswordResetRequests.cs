using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Who asked for a new password, until the background has looked whether there is such a user. Who asks waits for nothing of it, nor
/// does what comes next on their connection: its time tells nothing.
/// </summary>
public sealed class PasswordResetRequests
{
    private const int MaxWaiting = 1000;
    private readonly Channel<(string Email, string? Address)> _asked =
        Channel.CreateBounded<(string, string?)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Somebody asked. Returns at once; past a thousand that wait, and when the portal stops, one asks again.</summary>
    /// <param name="email">As typed.</param>
    /// <param name="networkAddress">For the audit trail; null when unknown.</param>
    public void Add(string email, string? networkAddress) => _asked.Writer.TryWrite((email, networkAddress));

    internal IAsyncEnumerable<(string Email, string? Address)> ReadAllAsync(CancellationToken cancellationToken) =>
        _asked.Reader.ReadAllAsync(cancellationToken);
}

/// <summary>Mails links to new passwords to those of a <see cref="PasswordResetRequests"/> who are users.</summary>
internal sealed partial class PasswordResetWorker(PasswordResetRequests queue, PasswordResets resets, ILogger<PasswordResetWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (email, address) in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await resets.AskAsync(email, address, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception); // the next one may be luckier, and this one asks again
            }
        }
    }

    [LoggerMessage(EventId = 1303, Level = LogLevel.Error, Message = "A link to a new password could not be queued")]
    private partial void LogFailed(Exception exception);
}
