using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace OnboardingPortal.Core.Data;

/// <summary>Passes on to this node's listeners what other nodes say by <c>NOTIFY</c> inside their transactions.</summary>
internal sealed class PostgresFeed(
    PortalDbContextFactory contexts, IEnumerable<INodeListener> listeners, DatabaseState state, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, INodeListener> _listeners = listeners.ToDictionary(l => l.Channel);

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
        connection.Notification += (_, notification) => _listeners.GetValueOrDefault(notification.Channel)?.Hear(notification.Payload);
        await connection.OpenAsync(stoppingToken);
        // CA2100: a channel's name is a constant of its listener, and no parameter may stand in its place.
#pragma warning disable CA2100
        await using (var listen = new NpgsqlCommand(string.Concat(_listeners.Keys.Select(c => $"LISTEN {c};")), connection))
            await listen.ExecuteNonQueryAsync(stoppingToken);
#pragma warning restore CA2100
        state.Back();
        if (!Listening.TrySetResult())
        {
            foreach (var listener in _listeners.Values) listener.HearAgain();
        }

        while (true) await connection.WaitAsync(stoppingToken);
    }
}
