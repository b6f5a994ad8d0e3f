using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// A mail server that answers what it is told to, by the command; <c>.</c> is the end of a mail, an empty command the greeting.
/// </summary>
public sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _accepting;

    /// <summary>By which its certificate is known; null when it has none.</summary>
    public string? Fingerprint => _certificate?.Thumbprint;

    /// <summary>Listens.</summary>
    /// <param name="isTlsFromTheFirstByte">Whether it listens on port 465, on an address of its own, and speaks TLS at once.</param>
    public ScriptedSmtp(bool isTlsFromTheFirstByte = false)
    {
        Address = isTlsFromTheFirstByte
            ? new IPAddress([127, (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(255), 1])
            : IPAddress.Loopback;
        if (isTlsFromTheFirstByte)
        {
            using var key = RSA.Create(2048);
            var now = TimeProvider.System.GetUtcNow();
            using var made = new CertificateRequest(
                "CN=scripted", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        }

        _listener = new TcpListener(Address, isTlsFromTheFirstByte ? 465 : 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPAddress Address { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers; lines of one answer are parted by <c>\n</c>.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new()
    {
        [""] = "220 scripted",
        ["EHLO"] = "250-scripted\n250-ENHANCEDSTATUSCODES\n250 8BITMIME",
        ["MAIL"] = "250 2.1.0 Ok",
        ["RCPT"] = "250 2.1.5 Ok",
        ["DATA"] = "354 Go on",
        ["."] = "250 2.0.0 Queued",
        ["QUIT"] = "221 2.0.0 Bye",
    };

    /// <summary>After how many mails it ends a connection.</summary>
    public int MailsOfConnection { get; set; } = int.MaxValue;

    /// <summary>The commands that came.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _certificate?.Dispose();
        _leaving.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_leaving.Token);
                Connections++;
                talks.Add(TalkAsync(client));
            }
        }
        finally
        {
            Task all = Task.WhenAll(talks);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        Stream stream = client.GetStream();
        if (_certificate is not null)
        {
            var secured = new SslStream(stream);
            await secured.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _leaving.Token);
            stream = secured;
        }

        await using var closing = stream;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await AnswerAsync(stream, "");
        for (var (isBody, mails) = (false, 0); mails < MailsOfConnection && await reader.ReadLineAsync(_leaving.Token) is { } line;)
        {
            if (isBody && line != ".") continue;
            var command = isBody ? "." : line.Split(' ')[0].ToUpperInvariant();
            Heard.Enqueue(command);
            await AnswerAsync(stream, command);
            if (isBody) mails++;
            isBody = command == "DATA" && Answers["DATA"].StartsWith("354", StringComparison.Ordinal);
            if (command == "QUIT") return;
        }
    }

    private async Task AnswerAsync(Stream stream, string command)
    {
        var answer = Answers.GetValueOrDefault(command, "250 2.0.0 Ok").ReplaceLineEndings("\r\n") + "\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _leaving.Token);
    }
}
