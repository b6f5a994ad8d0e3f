using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Runs inside a measured server before its own <c>Main</c> (<c>DOTNET_STARTUP_HOOKS</c>), so that the stock page and the portal
/// are read in the same way and neither is changed. Every connection to the port is answered with the live heap in bytes.
/// </summary>
/// <seealso href="https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md">The name, and that there is no
/// namespace, are the host's.</seealso>
internal static class StartupHook
{
    private const string PortVariable = "BENCH_HEAP_PORT";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PortVariable) is not { } port)
        {
            return;
        }

        var listener = new TcpListener(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        listener.Start();
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "Live heap" }.Start();
    }

    private static void Answer(TcpListener listener)
    {
        while (true)
        {
            using var connection = listener.AcceptTcpClient();
            var heap = ReadLiveHeap().ToString(CultureInfo.InvariantCulture);
            connection.GetStream().Write(Encoding.ASCII.GetBytes(heap));
        }
    }

    private static long ReadLiveHeap()
    {
        for (var round = 0; round < 2; round++)          // the second takes what the finalizers of the first let go
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
