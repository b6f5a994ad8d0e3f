using System.Net.Sockets;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>The portal stops when it is told to, whatever others do meanwhile.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class StopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_drips_does_not_keep_a_portal_that_is_told_to_stop()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(portal.Address.Host, portal.Address.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            ("POST /account/forgot HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"u8
                + "Content-Length: 1000000\r\n\r\n"u8).ToArray(), Cancel);
        using var dripping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var drip = DripAsync(stream, dripping.Token);

        Assert.InRange(await portal.StopAsync(Cancel), TimeSpan.Zero, TimeSpan.FromSeconds(8));

        await dripping.CancelAsync();
        await drip;
    }

    /// <summary>Faster than Kestrel's least rate, so that nothing but the stop ends it.</summary>
    private static async Task DripAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken)) await stream.WriteAsync(new byte[100], cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The portal hung up, or it has stopped.
        }
    }
}
