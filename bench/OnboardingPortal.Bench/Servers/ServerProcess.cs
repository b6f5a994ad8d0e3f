using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OnboardingPortal.Bench.Servers;

/// <summary>A published server in a process of its own, on a free port, with the heap hook in it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly TextWriter _log;

    private ServerProcess(Process process, TextWriter log, int port, int heapPort)
    {
        _process = process;
        _log = log;
        Address = new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        Heap = new(heapPort);
    }

    public Uri Address { get; }

    public LiveHeap Heap { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; its log says why.</exception>
    public static async Task<ServerProcess> StartAsync(ServerLaunch launch, HttpClient http, CancellationToken cancellationToken)
    {
        var port = FindFreePort();
        var heapPort = FindFreePort();
        string[] command = launch.IsElsewhere ? ["nice", "-n", "5", "dotnet", launch.Assembly] : ["dotnet", launch.Assembly];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Path.GetDirectoryName(launch.Assembly),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["DOTNET_STARTUP_HOOKS"] = launch.HeapHook;
        start.Environment["BENCH_HEAP_PORT"] = heapPort.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var log = TextWriter.Synchronized(new StreamWriter(launch.LogFile) { AutoFlush = true });
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var server = new ServerProcess(process, log, port, heapPort);
        try
        {
            await server.WaitUntilReadyAsync(launch, http, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();         // also waits for the last line of the log
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private async Task WaitUntilReadyAsync(ServerLaunch launch, HttpClient http, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(new(Address, launch.ReadyPath), http, cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > _startLimit)
            {
                throw new InvalidOperationException($"{launch.Assembly} did not come up; its log is {launch.LogFile}");
            }

            await Task.Delay(_pollInterval, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(Uri address, HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return false;          // not listening yet
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
