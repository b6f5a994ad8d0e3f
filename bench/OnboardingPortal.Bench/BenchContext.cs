using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench;

/// <summary>What the rows share.</summary>
internal sealed class BenchContext(BenchOptions options, HttpClient http, RawResults raw)
{
    private int _servers;

    public HttpClient Http => http;

    public RawResults Raw => raw;

    public string Chromium => options.Chromium;

    public Task<ServerProcess> StartStockAsync(CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new(options.StockCounter, options.HeapHook, LogFile("stock"), ReadyPath: "", new Dictionary<string, string>()),
            http, cancellationToken);

    private string LogFile(string server) => Path.Combine(raw.Folder, $"{++_servers:00}-{server}.log");
}
