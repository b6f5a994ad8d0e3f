using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Hands mails to a mail server: several over one connection, which is kept while a round lasts. What its refusals mean says
/// <see cref="SmtpRefusal"/>.
/// </summary>
public sealed class SmtpTransport(IOptions<EmailOptions> options, TimeProvider clock) : IEmailTransport, IDisposable
{
    private const int MaxMailsOfConnection = 50; // servers end connections that go on for ever
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ConcurrentBag<Connection> _idle = [];

    /// <summary>Judges the server's certificate; null = the system does.</summary>
    internal RemoteCertificateValidationCallback? CertificateCheck { get; set; }

    /// <inheritdoc />
    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        using var message = MimeMail.Make(email, clock.GetUtcNow());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(smtp.Timeout);
        Connection? connection = null;
        var isGood = false;
        try
        {
            connection = await TakeAsync(smtp, limit.Token);
            await connection.Client.SendAsync(MimeMail.Wire, message, limit.Token);
            isGood = true;
            return new EmailReceipt();
        }
        catch (Exception exception) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"The mail server {smtp.Host} took longer than "
                + $"{smtp.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.", exception);
        }
        catch (SmtpCommandException refusal)
        {
            isGood = connection is not null; // it said no to this mail and waits for the next one
            throw SmtpRefusal.Of(refusal.ErrorCode, refusal.StatusCode, refusal.Message);
        }
        catch (Exception exception) when (exception is SocketException or ProtocolException or AuthenticationException
            or SslHandshakeException or NotSupportedException or ServiceNotAuthenticatedException)
        {
            throw new IOException(
                exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message, exception);
        }
        finally
        {
            if (isGood && connection!.Client.IsConnected && ++connection.Mails < MaxMailsOfConnection) _idle.Add(connection);
            else connection?.Client.Dispose();
        }
    }

    /// <inheritdoc />
    public async Task RestAsync()
    {
        while (_idle.TryTake(out var connection))
        {
            using var client = connection.Client;
            using var limit = new CancellationTokenSource(Farewell);
            try
            {
                await client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception exception) when (exception is IOException or SocketException or ProtocolException or CommandException
                or OperationCanceledException)
            {
                // The server was gone first; there is nothing left to tell it.
            }
        }
    }

    /// <summary>Ends the connections without a word.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var connection)) connection.Client.Dispose();
    }

    /// <summary>A connection that lives: one of those that wait, or a new one.</summary>
    private async Task<Connection> TakeAsync(SmtpOptions smtp, CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var waiting))
        {
            if (await LivesAsync(waiting.Client, cancellationToken)) return waiting;
            waiting.Client.Dispose();
        }

        var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = CertificateCheck };
        try
        {
            var security = smtp.Port == SmtpOptions.ImplicitTlsPort
                ? SecureSocketOptions.SslOnConnect
                : smtp.StartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None;
            await client.ConnectAsync(smtp.Host, smtp.Port, security, cancellationToken);
            if (smtp.Username.Length > 0) await client.AuthenticateAsync(smtp.Username, smtp.Password, cancellationToken);
            return new Connection(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<bool> LivesAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ProtocolException or CommandException
            or ServiceNotConnectedException)
        {
            return false; // the server ended it meanwhile
        }
    }

    private sealed class Connection(SmtpClient client)
    {
        public SmtpClient Client => client;

        public int Mails { get; set; }
    }
}
