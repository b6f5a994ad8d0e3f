using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OnboardingPortal.Tests.Support;

/// <summary>The portal as a process of its own, on a free port with a data directory of its own, as a newcomer would start it.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // several may start at once on a machine of two cores
    private static readonly string[] WantsOtherData =
        ["ASPNETCORE_ENVIRONMENT", "ConnectionStrings__", "Database__", "Platforms__Sandbox", "Portal__DataDirectory"];

    private static readonly Lazy<Task<string>> Told = new(TellAsync);
    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _log = new();
    private Process? _process;
    private TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(Dictionary<string, string> settings) => _settings = settings;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("portal-test-").FullName;

    /// <summary>Everything the process wrote, for a failed test and for looking for secrets.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>How many circuits a test makes fail; any other fails the run.</summary>
    public int ExpectedFailures { get; set; }

    /// <summary>Prepares a portal whose data directory a test fills before it starts.</summary>
    public static PortalProcess Prepare(params (string Name, string Value)[] settings) =>
        new(settings.ToDictionary(s => s.Name, s => s.Value));

    /// <summary>
    /// Starts a portal that has its demo, told to its end. Making it takes both cores for seconds, so it is made once a run, and each
    /// portal starts from a copy, unless its settings want another database or none of it.
    /// </summary>
    public static async Task<PortalProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var portal = new PortalProcess(settings.ToDictionary(s => s.Name, s => s.Value));
        try
        {
            if (!settings.Any(s => WantsOtherData.Any(w => s.Name.StartsWith(w, StringComparison.Ordinal))))
                CopyFiles(await Told.Value, portal.DataDirectory);
            await portal.StartAsync();
        }
        catch
        {
            await portal.DisposeAsync(); // a process that is too slow must not slow the others down as well
            throw;
        }

        return portal;
    }

    /// <summary>Starts it and waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunToEndAsync(CancellationToken cancellationToken)
    {
        var ended = await Record.ExceptionAsync(StartAsync);
        Assert.IsType<InvalidOperationException>(ended); // it did not come to listen
        await _process!.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>
    /// Kills the process as a power cut would, unless it was stopped, and starts it again on the same port with the same data.
    /// </summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>
    /// Waits until a mail to an address, with a subject that begins so, lies in the pickup folder, and gives its raw text.
    /// </summary>
    public async Task<string> MailToAsync(string address, CancellationToken cancellationToken, string subject = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(DataDirectory, "mail")).FullName;
        using var watcher = new FileSystemWatcher(folder, "*.eml") { EnableRaisingEvents = true };
        while (true)
        {
            var arrived = Task.Run(() => watcher.WaitForChanged(WatcherChangeTypes.All, 500), cancellationToken);
            foreach (var file in Directory.EnumerateFiles(folder, "*.eml"))
            {
                var mail = await File.ReadAllTextAsync(file, cancellationToken);
                if (mail.Contains($"\nTo: {address}", StringComparison.OrdinalIgnoreCase)
                    && mail.Contains($"\nSubject: {subject}", StringComparison.Ordinal)) return mail;
            }

            await arrived;
        }
    }

    /// <summary>Asks the process to stop, as a service manager does, and gives how long that took.</summary>
    public async Task<TimeSpan> StopAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start(
            "kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        // A browser learns of a failed circuit before the log does.
        for (var logged = _logged.Task; _process is { HasExited: false }
            && CircuitFailures().Count < ExpectedFailures; logged = _logged.Task) await logged.WaitAsync(Patience);
        await KillAsync();
        Directory.Delete(DataDirectory, recursive: true);
        var failures = CircuitFailures();
        Assert.True(failures.Count == ExpectedFailures, $"{failures.Count} circuits ended by an error:\n{string.Join("\n\n", failures)}");
        Assert.DoesNotContain("warn: Microsoft.EntityFrameworkCore", Log, StringComparison.Ordinal);
    }

    /// <summary>
    /// Circuits that ended by an error, with what was logged of it. Whoever was signed out is refused a circuit by an error, too, which is
    /// as it should be; a browser that a test closed while it was sent to another page answers nothing to that any more; and MudBlazor's
    /// charts ask a browser that has hung up for its size, in a circuit that is over already.
    /// </summary>
    private List<string> CircuitFailures()
    {
        var lines = Log.Split('\n');
        return
        [
            .. Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains("Unhandled exception in circuit", StringComparison.Ordinal))
                .DistinctBy(i => lines[i])
                .Select(i => string.Join('\n', lines.Skip(i).Take(25)))
                .Where(failure => !failure.Contains("The session of this circuit has ended", StringComparison.Ordinal))
                .Where(failure =>
                    !(failure.Contains("TaskCanceledException", StringComparison.Ordinal)
                        && failure.Contains("RemoteNavigationManager", StringComparison.Ordinal)))
                .Where(failure =>
                    !(failure.Contains("JSDisconnectedException", StringComparison.Ordinal)
                        && failure.Contains("MudBlazor.Charts", StringComparison.Ordinal))),
        ];
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Assembly)!
        };
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(Address.AbsoluteUri.TrimEnd('/'));
        foreach (var inherited in start.Environment.Keys.Where(IsPortalSetting).ToList()) start.Environment.Remove(inherited);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ReloadStaticAssetsAtRuntime"] = "false"; // files come compressed, as in production, not as they are edited
        start.Environment["Platforms__RetryPause"] = "00:00:00.1"; // what takes its time in life need not do so here
        start.Environment["Platforms__ActiveCampaign__Timeout"] = "00:00:05";
        start.Environment["RateLimits__SignIn"] = "1000"; // all tests come from one address
        // a minute and a key: soon reached by the one test that wants to, with a key of its own
        start.Environment["RateLimits__Api"] = "120";
        start.Environment["Sandbox__SlowAnswer"] = "00:00:00.3";
        start.Environment["Portal__DataDirectory"] = DataDirectory;
        start.Environment["DOTNET_TieredPGO"] = "0"; // measuring itself would not pay off in a life of minutes
        foreach (var (name, value) in _settings) start.Environment[name] = value;

        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The portal ended:\n{Log}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(Patience);
    }

    /// <summary>Waits until the demo is told to its end.</summary>
    public async Task ToldAsync(CancellationToken cancellationToken)
    {
        var state = Path.Combine(DataDirectory, "sandbox.json");
        using var watcher = new FileSystemWatcher(DataDirectory, "sandbox.json") { EnableRaisingEvents = true };
        while (true)
        {
            var written = Task.Run(() => watcher.WaitForChanged(WatcherChangeTypes.All, 500), cancellationToken);
            if (File.Exists(state) && (await File.ReadAllTextAsync(state, cancellationToken)).Contains(
                "\"isDemoUnfinished\":false", StringComparison.Ordinal)) return;
            await written;
        }
    }

    private static async Task<string> TellAsync()
    {
        var portal = Prepare();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(portal.DataDirectory, recursive: true);
        await portal.StartAsync();
        await portal.ToldAsync(CancellationToken.None).WaitAsync(Patience);
        await portal.StopAsync(CancellationToken.None);
        return portal.DataDirectory;
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            PrivateFiles.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    /// <summary>The application's own output folder: static files and settings lie beside it.</summary>
    internal static string Assembly
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            var (framework, configuration) = (output.Name, output.Parent!.Name);
            return Path.GetFullPath(Path.Combine(
                output.FullName, "..", "..", "..", "..", "OnboardingPortal.App", "bin", configuration, framework,
                "OnboardingPortal.App.dll"));
        }
    }

    private static bool IsPortalSetting(string name) =>
        name.StartsWith("Portal__", StringComparison.Ordinal) || name.StartsWith("Database__", StringComparison.Ordinal)
        || name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || name.StartsWith("Platforms__", StringComparison.Ordinal)
        || name.StartsWith("Telemetry__", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal);

    private void Read(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
        Interlocked.Exchange(ref _logged, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            listening.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0].Trim())); // where the log is JSON it goes on
    }

    /// <summary>Kills the process as a power cut would; its data stays until this is disposed.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}
