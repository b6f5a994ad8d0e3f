using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>
/// Tells other nodes by <c>NOTIFY</c> that there is something to do. What wakes while they are being told is told in one more word, so that
/// a burst costs two, and nobody who calls <see cref="WorkSignal.Wake"/> waits for it.
/// </summary>
internal sealed partial class WorkAnnouncer(PortalDbContextFactory contexts, WorkSignals signals, ILogger<WorkAnnouncer> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(signals.All.Select(signal => TellAsync(signal, stoppingToken)));

    private async Task TellAsync(WorkSignal signal, CancellationToken stoppingToken)
    {
        while (true)
        {
            await signal.WaitToTellAsync(stoppingToken);
            try
            {
                await using var db = contexts.CreateForSystem();
                await db.NotifyAsync(WorkSignals.Channel, signals.Words(signal), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The other nodes find the work in their next round.
                if (!DatabaseTrouble.IsLogged(exception)) LogNotTold(exception, signal.Name);
            }
        }
    }

    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning,
        Message = "Other nodes could not be told of {Signal}: they find the work in their next round")]
    private partial void LogNotTold(Exception exception, string signal);
}
