using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// Exim, the mail server of Debian's <c>exim4-daemon-light</c>, on a port of its own with STARTTLS and AUTH. It keeps what it takes in its
/// spool. Its certificate is its own: only while <see cref="IsTrusted"/> does <see cref="Judge"/> accept it, and no other.
/// </summary>
public sealed class EximServer : IAsyncLifetime
{
    public const string Username = "portal";
    public const string Password = "right-password-0123456789";

    /// <summary>Addresses that it does not just take; everybody else may.</summary>
    public const string Unknown = "nobody@bakery.example", Moved = "moved@bakery.example", Relayed =
        "relayed@elsewhere.example", Greylisted = "later@bakery.example", Stalling = "slow@bakery.example";

    /// <summary>A sender it does not take, and a word in a subject that it refuses.</summary>
    public const string BlockedSender = "blocked@portal.example", BlockedWord = "UNWANTED";

    private const string Exim = "/usr/sbin/exim4";
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-exim-").FullName;
    private Process? _process;
    private string _thumbprint = "";

    public int Port { get; private set; }

    public bool IsTrusted { get; set; } = true;

    public async ValueTask InitializeAsync()
    {
        MakeCertificate();
        Port = FreePort();
        await File.WriteAllTextAsync(ConfigurationPath, Configuration());
        using var watcher = new FileSystemWatcher(_directory) { EnableRaisingEvents = true };
        _process = Process.Start(Start("-bdf"))!;
        while (!IsListening())
        {
            if (_process.HasExited) throw new InvalidOperationException($"Exim ended: {await _process.StandardError.ReadToEndAsync()}");
            watcher.WaitForChanged(WatcherChangeTypes.All, 100);
        }
    }

    /// <summary>What a mail client of the tests makes of a server's certificate.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors problems) =>
        problems == SslPolicyErrors.None || (IsTrusted && certificate is X509Certificate2 own && own.Thumbprint == _thumbprint);

    /// <summary>A mail in the spool, by a text that it has: what the server noted of it, and the mail itself.</summary>
    public async Task<SpooledMail> FindAsync(string text)
    {
        foreach (var file in Spooled())
        {
            var envelope = await File.ReadAllTextAsync(file);
            if (!envelope.Contains(text, StringComparison.Ordinal)) continue;
            using var show = Process.Start(Start("-Mvc", Path.GetFileName(file)[..^2]))!;
            var mail = await show.StandardOutput.ReadToEndAsync();
            await show.WaitForExitAsync();
            return new SpooledMail(envelope, mail.ReplaceLineEndings("\n"));
        }

        throw new InvalidOperationException($"No mail with {text} was taken.");
    }

    public bool HasTaken(string text) => Spooled().Any(f => File.ReadAllText(f).Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What the server noted of each mail; there is no folder before the first.</summary>
    private string[] Spooled() => Path.Combine(_directory, "spool", "input") is var folder && Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*-H")
        : [];

    private string ConfigurationPath => Path.Combine(_directory, "exim.conf");

    private ProcessStartInfo Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Exim) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-C", ConfigurationPath, .. arguments]) start.ArgumentList.Add(argument);
        return start;
    }

    private bool IsListening()
    {
        var log = Path.Combine(_directory, "mainlog");
        return File.Exists(log) && File.ReadAllText(log).Contains("listening for SMTP", StringComparison.Ordinal);
    }

    private string Configuration() => """
        primary_hostname = localhost
        spool_directory = @directory@/spool
        log_file_path = @directory@/%slog
        pid_file_path = @directory@/exim.pid
        exim_user = @user@
        never_users =
        daemon_smtp_ports = @port@
        local_interfaces = 127.0.0.1
        tls_advertise_hosts = *
        tls_certificate = @directory@/server.pem
        tls_privatekey = @directory@/server.key
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        acl_smtp_mail = mail
        acl_smtp_rcpt = rcpt
        acl_smtp_data = data
        queue_only = true
        keep_environment =
        host_lookup =
        rfc1413_hosts =
        smtp_accept_max = 50
        begin acl
        mail:
          deny senders = @blocked-sender@
               message = This sender may not send here
          accept
        rcpt:
          deny !authenticated = *
               message = 530 5.7.0 Authentication required
          deny recipients = @unknown@
               message = 550 5.1.1 No such user here
          deny recipients = @moved@
               message = 554 5.1.6 Moved, nobody knows where to
          deny recipients = @relayed@
               message = 554 5.7.1 Relay access denied
          defer recipients = @greylisted@
               message = 451 4.7.1 Greylisted, come back later
          warn recipients = @stalling@
               delay = 10m
          accept
        data:
          deny condition = ${if match{$h_subject:}{@blocked-word@}}
               message = This content is not wanted here
          accept
        begin authenticators
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = Username:: : Password::
          server_condition = ${if and{{eq{$auth1}{@username@}}{eq{$auth2}{@password@}}}}
          server_set_id = $auth1

        """
        .Replace("@directory@", _directory, StringComparison.Ordinal).Replace("@user@", Environment.UserName, StringComparison.Ordinal)
        .Replace("@port@", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@blocked-sender@", BlockedSender, StringComparison.Ordinal)
        .Replace("@blocked-word@", BlockedWord, StringComparison.Ordinal)
        .Replace("@unknown@", Unknown, StringComparison.Ordinal).Replace("@moved@", Moved, StringComparison.Ordinal)
        .Replace("@relayed@", Relayed, StringComparison.Ordinal)
        .Replace("@greylisted@", Greylisted, StringComparison.Ordinal).Replace("@stalling@", Stalling, StringComparison.Ordinal)
        .Replace("@username@", Username, StringComparison.Ordinal).Replace("@password@", Password, StringComparison.Ordinal);

    private void MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _thumbprint = certificate.Thumbprint;
        File.WriteAllText(Path.Combine(_directory, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A mail as the server has it.</summary>
/// <param name="Envelope">What the server noted: how it came, who signed in, for whom.</param>
/// <param name="Source">Headers and body, lines ending in one character.</param>
public sealed record SpooledMail(string Envelope, string Source)
{
    /// <summary>The unfolded headers of a name.</summary>
    public IReadOnlyList<string> Headers(string name) =>
        [.. Source[..Source.IndexOf("\n\n", StringComparison.Ordinal)].Replace("\n ", " ", StringComparison.Ordinal)
            .Replace("\n\t", " ", StringComparison.Ordinal).Split('\n')
            .Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 1)..].Trim())];
}
