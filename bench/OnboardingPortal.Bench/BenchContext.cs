using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench;

/// <summary>What the rows share.</summary>
internal sealed class BenchContext(BenchOptions options, HttpClient http, RawResults raw)
{
    private int _servers;
    private int _folders;

    public HttpClient Http => http;

    public RawResults Raw => raw;

    public string? Only => options.Only;

    public string Chromium => options.Chromium;

    public Task<ServerProcess> StartStockAsync(CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new(options.StockCounter, options.HeapHook, LogFile("stock"), ReadyPath: "", new Dictionary<string, string>()),
            http, cancellationToken);

    public Task<ServerProcess> StartReferenceAsync(CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new(options.ReferencePage, options.HeapHook, LogFile("reference"), ReadyPath: "", new Dictionary<string, string>()),
            http, cancellationToken);

    /// <param name="folder">The portal's data directory.</param>
    /// <param name="environment"><c>Production</c> or <c>Development</c>.</param>
    /// <param name="rehearses">Whether the platforms are the portal's stand-ins.</param>
    public Task<ServerProcess> StartPortalAsync(string folder, string environment, bool rehearses, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new(options.Portal, options.HeapHook, LogFile("portal"), ReadyPath: "account/login", new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = environment,
                ["Portal__DataDirectory"] = folder,
                ["Platforms__Sandbox"] = rehearses ? "true" : "false",
                ["Circuits__MostPerSession"] = "5000", // all of a benchmark's circuits come from one sign-in on one machine
                ["Circuits__MostPerAddress"] = "5000",
                ["Circuits__MostHandshakes"] = "100000",
            }),
            http, cancellationToken);

    /// <summary>An empty folder for one portal, gone with it.</summary>
    public string NewDataFolder() => Directory.CreateDirectory(Path.Combine(raw.Folder, $"data-{++_folders:00}")).FullName;

    private string LogFile(string server) => Path.Combine(raw.Folder, $"{++_servers:00}-{server}.log");
}
