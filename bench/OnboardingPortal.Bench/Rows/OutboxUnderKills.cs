using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Bench.Rows;

/// <summary>
/// 1,000 requests mailed by a portal that is ended with SIGKILL again and again in the middle of sending, to Exim on this machine. Nothing
/// may be lost; what comes twice was in flight at a kill and carries the same Message-ID.
/// </summary>
internal sealed partial class OutboxUnderKills(BenchContext bench, string portal)
{
    private const int Requests = 1_000;
    private const int Kills = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2); // the outbox's: what this life of the portal claimed ends later
    private const string Exim = "/usr/sbin/exim4";
    private readonly int _smtpPort = FreePort();

    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken)
    {
        var (folder, mail) = (bench.NewDataFolder(), bench.NewDataFolder());
        await using var services = PortalCore.Open(
            folder, ("Portal:PublicUrl", "https://portal.example/"), ("Platforms:Mailchimp:ClientId", "bench"),
            ("Platforms:Mailchimp:ClientSecret", "bench"));
        var contexts = services.GetRequiredService<PortalDbContextFactory>();
        await PortalDatabase.MigrateAsync(contexts, isAlone: false, cancellationToken);
        string connectionString;
        await using (var db = contexts.CreateForSystem()) connectionString = db.Database.GetConnectionString()!;
        await RequestSeed.FillAsync(connectionString, 10, cancellationToken);
        using var exim = await StartEximAsync(mail, cancellationToken);
        try
        {
            var sending = SendAsync(services, cancellationToken);
            var inFlight = new List<int>();
            for (var kill = 0; kill < Kills; kill++)
            {
                var began = TimeProvider.System.GetUtcNow();
                using var running = await StartPortalAsync(folder, cancellationToken);
                var taken = Spooled(mail).Length;
                // until it sends again
                for (var waited = 0; Spooled(mail).Length < taken + 20 && waited < 1_500; waited++)
                    await Task.Delay(100, cancellationToken);
                await Task.Delay(Random.Shared.Next(400), cancellationToken);
                running.Kill(); // SIGKILL
                await running.WaitForExitAsync(cancellationToken);
                inFlight.Add(
                    await CountAsync(
                        connectionString,
                        $"SELECT count(*) FROM email_messages WHERE State = 'Queued' AND Attempts > 0 AND NextAttemptAt > "
                        + $"{(began + Lease).UtcTicks}"));
            }

            await sending;
            using var last = await StartPortalAsync(folder, cancellationToken);
            while (await CountAsync(connectionString, "SELECT count(*) FROM email_messages WHERE State = 'Queued'") > 0)
                await Task.Delay(500, cancellationToken);
            last.Kill();
            await last.WaitForExitAsync(cancellationToken);
            bench.Raw.Add("mails claimed and not acknowledged at a kill", [.. inFlight.Select(n => (double)n)]);
            return Judge(mail, inFlight);
        }
        finally
        {
            exim.Kill(entireProcessTree: true);
            SqliteConnection.ClearAllPools();
        }
    }

    private static ResultRow[] Judge(string mail, List<int> inFlight)
    {
        var came = Spooled(mail).Select(File.ReadAllText)
            .Select(m => (To: To().Match(m).Groups[1].Value, Id: MessageId().Match(m).Groups[1].Value)).ToList();
        var byRecipient = came.GroupBy(m => m.To).ToDictionary(g => g.Key, g => g.ToList());
        var lost = Enumerable.Range(0, Requests).Count(i => !byRecipient.ContainsKey(AddressOf(i)));
        var twice = came.Count - byRecipient.Count;
        var otherId = byRecipient.Values.Count(m => m.Select(x => x.Id).Distinct().Count() > 1);
        return
        [
            new("kills in the middle of sending 1,000 requests", inFlight.Count, null, Unit.Count, null),
            new("mails lost", lost, null, Unit.Count, Target.ValueAtMost(0)),
            new("mails that came twice or more, against those in flight at the kills", twice, inFlight.Sum(), Unit.Count,
                Target.ValueAtMost(inFlight.Sum())),
            new("mails that came again with another Message-ID", otherId, null, Unit.Count, Target.ValueAtMost(0)),
        ];
    }

    private static string AddressOf(int request) => $"client-{request}@bakery.example";

    private static string[] Spooled(string mail) => Path.Combine(mail, "spool", "input") is var folder && Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*-H")
        : [];

    private static async Task SendAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        var requests = services.GetRequiredService<RequestService>();
        var owner = new AgencyCaller(
            RequestSeed.AgencyIds[0], AgencyUserId.From(1), AgencyRole.MainUser, "Demo owner", "owner@agency.example", null);
        var input = new RequestTerms("We need access to your mailing lists.", [new PlatformKey("mailchimp")], null, null, null);
        for (var i = 0; i < Requests; i++)
        {
            var request = await requests.CreateAsync(owner, input, cancellationToken);
            var sent = request.Succeeded ? await requests.SendAsync(owner, request.Value, AddressOf(i), cancellationToken) : request.Error;
            if (!sent.Succeeded) throw new InvalidOperationException($"The request was refused: {sent.Error}");
        }
    }

    private async Task<Process> StartPortalAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(portal)! };
        foreach (var argument in (string[])[portal, "--urls", "http://127.0.0.1:0"]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in new[]
        {
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Portal__DataDirectory", folder), ("Portal__PublicUrl", "https://portal.example/"),
            ("Platforms__Sandbox", "false"),
            ("Platforms__Mailchimp__ClientId", "bench"), ("Platforms__Mailchimp__ClientSecret", "bench"), ("Email__Transport", "Smtp"),
            ("Email__Smtp__Host", "127.0.0.1"),
            ("Email__Smtp__Port", _smtpPort.ToString(CultureInfo.InvariantCulture)), ("Email__Smtp__StartTls", "false"),
        })
        {
            start.Environment[name] = value;
        }

        var listening = new TaskCompletionSource();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Now listening on", StringComparison.Ordinal) == true) listening.TrySetResult();
        };
        process.Start();
        process.BeginOutputReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        return process;
    }

    private async Task<Process> StartEximAsync(string folder, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(folder, "exim.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            primary_hostname = localhost
            spool_directory = {folder}/spool
            log_file_path = {folder}/%slog
            pid_file_path = {folder}/exim.pid
            exim_user = {Environment.UserName}
            never_users =
            daemon_smtp_ports = {_smtpPort}
            local_interfaces = 127.0.0.1
            acl_smtp_rcpt = accept
            acl_smtp_data = accept
            queue_only = true
            keep_environment =
            host_lookup =
            rfc1413_hosts =
            smtp_accept_max = 100

            """,
            cancellationToken);
        var start = new ProcessStartInfo(Exim);
        foreach (var argument in (string[])["-C", configuration, "-bdf"]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("Exim did not start.");
        var log = Path.Combine(folder, "mainlog");
        while (!File.Exists(log))
        {
            if (process.HasExited) throw new InvalidOperationException("Exim ended: the row needs Debian's package exim4-daemon-light.");
            await Task.Delay(100, cancellationToken);
        }

        return process;
    }

    private static async Task<int> CountAsync(string connectionString, string sql)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // no text from outside
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^\d+[A-Z*]? *\s?To: (\S+)", RegexOptions.Multiline)]
    private static partial Regex To();

    [GeneratedRegex("Message-ID: <([^>]+)>", RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();
}
