using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Events;

/// <summary>
/// Passes on to this node's watchers what other nodes changed: each change is announced by <c>NOTIFY</c> inside its transaction. Wakes
/// the work that other nodes tell of.
/// </summary>
internal sealed class PostgresFeed(
    PortalDbContextFactory contexts, RequestFeed feed, SessionFeed sessions, WorkSignals work, DatabaseState state, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Completes when this node hears the others.</summary>
    internal TaskCompletionSource Listening { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                state.Lost(exception); // what other nodes change meanwhile is looked for once this one hears again
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        string connectionString;
        await using (var db = contexts.CreateForSystem()) connectionString = db.Database.GetConnectionString()!;
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString);
        connection.Notification += (_, notification) =>
        {
            if (notification.Channel == SessionFeed.Channel
                && long.TryParse(notification.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var user))
            {
                sessions.Publish(new AgencyUserId(user)); // its own words come back too, which ends nothing twice
            }
            else if (notification.Channel == WorkSignals.Channel)
            {
                work.Hear(notification.Payload);
            }
            else if (RequestAnnouncement.Parse(notification.Payload) is { } told && told.Node != RequestAnnouncement.ThisNode)
            {
                feed.Publish(told.Agency, told.Request);
            }
        };
        await connection.OpenAsync(stoppingToken);
        await using (var listen = new NpgsqlCommand(
            $"LISTEN {RequestAnnouncement.Channel}; LISTEN {SessionFeed.Channel}; LISTEN {WorkSignals.Channel}",
            connection)) await listen.ExecuteNonQueryAsync(stoppingToken);
        state.Back();
        if (!Listening.TrySetResult())
        {
            feed.LookAgain(); // sessions that ended meanwhile are found by the sweep
            work.WakeAll();
        }

        while (true) await connection.WaitAsync(stoppingToken);
    }
}
