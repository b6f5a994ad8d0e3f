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

    public int Contacts => options.Contacts;

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
    /// <param name="settings">Further ones.</param>
    public Task<ServerProcess> StartPortalAsync(
        string folder, string environment, bool rehearses, IEnumerable<(string Name, string? Value)> settings,
        CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["Portal__DataDirectory"] = folder,
            ["Platforms__Sandbox"] = rehearses ? "true" : "false",
            ["Circuits__MostPerSession"] = "5000", // all of a benchmark's circuits come from one sign-in on one machine
            ["Circuits__MostPerAddress"] = "5000",
            ["Circuits__MostHandshakes"] = "100000",
        };
        foreach (var (name, value) in settings) all[name.Replace(":", "__", StringComparison.Ordinal)] = value!;
        return ServerProcess.StartAsync(
            new(options.Portal, options.HeapHook, LogFile("portal"), ReadyPath: "account/login", all), http, cancellationToken);
    }

    /// <summary>Starts the stand-in platforms by themselves.</summary>
    /// <param name="folder">Where they keep what outlives them.</param>
    /// <param name="settings">How they are.</param>
    public Task<ServerProcess> StartSandboxAsync(
        string folder, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new(
                options.Portal, options.HeapHook, LogFile("sandbox"), ReadyPath: "sandbox", new Dictionary<string, string>(settings)
                {
                    ["Portal__DataDirectory"] = folder,
                    ["Platforms__Sandbox"] = "true",
                })
            {
                IsElsewhere = true,
            },
            http, cancellationToken);

    /// <summary>An empty folder for one portal, gone with it.</summary>
    public string NewDataFolder() => Directory.CreateDirectory(Path.Combine(raw.Folder, $"data-{++_folders:00}")).FullName;

    private string LogFile(string server) => Path.Combine(raw.Folder, $"{++_servers:00}-{server}.log");
}
