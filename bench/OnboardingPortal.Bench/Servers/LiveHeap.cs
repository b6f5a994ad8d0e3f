using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OnboardingPortal.Bench.Servers;

/// <summary>Asks the heap hook in a server how many bytes its objects need after a full collection.</summary>
/// <param name="port">The loopback port that the hook was given.</param>
internal sealed class LiveHeap(int port)
{
    private const int MaxReadings = 20;
    private const double Steady = 0.001;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Reads once a second until two readings differ by less than a thousandth: what was just opened or closed still settles.
    /// </summary>
    /// <exception cref="InvalidOperationException">It does not come to rest within twenty readings.</exception>
    public async Task<long> ReadSettledAsync(CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken);
        for (var reading = 1; reading < MaxReadings; reading++)
        {
            await Task.Delay(_pause, cancellationToken);
            var now = await ReadAsync(cancellationToken);
            if (Math.Abs(now - before) < before * Steady)
            {
                return now;
            }

            before = now;
        }

        throw new InvalidOperationException("The server's heap does not come to rest: something in it is still at work.");
    }

    private async Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return long.Parse(await reader.ReadToEndAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
