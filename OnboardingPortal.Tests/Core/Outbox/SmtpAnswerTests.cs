using System.Globalization;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>What real mail servers answer, and what the portal makes of it.</summary>
public sealed class SmtpAnswerTests : IAsyncDisposable
{
    private const string Ours = "<onboarding@portal.example.test>: Sender address rejected: ";

    private ScriptedSmtp _server = new();
    private EmailTransports? _transports;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RCPT", "550 5.1.1 The email account that you tried to reach does not exist.", typeof(EmailRefusedException))]
    [InlineData("RCPT", "550 No such user here", typeof(EmailRefusedException))]
    [InlineData("RCPT", "552 5.2.2 The mailbox is over its quota", typeof(EmailRefusedException))]
    [InlineData(".", "554 5.6.0 This content is not wanted", typeof(EmailRefusedException))]
    [InlineData(".", "552 5.3.4 Message size exceeds fixed limit", typeof(EmailRefusedException))]
    [InlineData("RCPT", "553 5.7.1 " + Ours + "not owned by user other@portal.example.test", typeof(IOException))]
    [InlineData("RCPT", "550 5.7.1 " + Ours + "not logged in", typeof(IOException))]
    [InlineData(".", "553 5.7.1 " + Ours + "not owned by user other@portal.example.test", typeof(IOException))]
    [InlineData(".", "550 5.7.26 Unauthenticated mail is not accepted due to the domain's DMARC policy", typeof(IOException))]
    [InlineData("RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a list", typeof(IOException))]
    [InlineData("RCPT", "550 relay not permitted", typeof(IOException))]
    [InlineData("MAIL", "550 5.1.8 Sender denied", typeof(IOException))]
    [InlineData("RCPT", "450 4.2.1 Try again later", typeof(IOException))]
    [InlineData("", "554 5.7.1 No SMTP service here", typeof(IOException))]
    [InlineData(".", "550-5.4.5 Daily user sending limit exceeded. For more information on\n550-5.4.5 sending limits go to\n550 5.4.5 "
        + " https://support.example.test/a/answer/1 a1-2b3.4 - gsmtp", typeof(EmailBusyException))]
    [InlineData("MAIL", "452 4.5.3 Hourly sending quota reached", typeof(EmailBusyException))]
    [InlineData("RCPT", "451 4.7.1 Your message rate limit is reached", typeof(EmailBusyException))]
    public async Task A_no_is_for_good_where_it_is_of_the_recipient_or_the_mail_and_passes_where_it_is_of_us(
        string command, string answer, Type meaning)
    {
        _server.Answers[command] = answer;

        var told = await Record.ExceptionAsync(() => Transport().SendAsync(EmailTransports.AMail(), Cancel));

        Assert.IsType(meaning, told);
        Assert.Contains(answer.Split('\n')[0][4..], told!.Message, StringComparison.Ordinal); // in the server's words
        if (told is EmailBusyException busy) Assert.Equal(TimeSpan.FromMinutes(30), busy.Pause);
    }

    [Fact]
    public async Task Mails_of_a_round_share_a_connection_also_after_a_no_and_it_ends_with_the_round()
    {
        var transport = Transport();
        await transport.SendAsync(EmailTransports.AMail(), Cancel);
        _server.Answers["RCPT"] = "550 5.1.1 No such user";
        await Assert.ThrowsAsync<EmailRefusedException>(() => transport.SendAsync(EmailTransports.AMail(), Cancel));
        _server.Answers["RCPT"] = "250 2.1.5 Ok";
        await transport.SendAsync(EmailTransports.AMail(), Cancel);
        await transport.RestAsync();

        Assert.Equal((1, 1, 2), (_server.Connections, _server.Heard.Count(c => c == "QUIT"), _server.Heard.Count(c => c == ".")));
        await transport.SendAsync(EmailTransports.AMail(), Cancel);
        Assert.Equal(2, _server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_server_ended_costs_no_mail()
    {
        _server.MailsOfConnection = 1;
        var transport = Transport();

        for (var i = 0; i < 3; i++) await transport.SendAsync(EmailTransports.AMail(), Cancel);

        Assert.Equal((3, 3), (_server.Connections, _server.Heard.Count(c => c == ".")));
    }

    [Fact]
    public async Task On_port_465_it_is_TLS_from_the_first_byte()
    {
        await _server.DisposeAsync();
        _server = new ScriptedSmtp(isTlsFromTheFirstByte: true);
        var transport = Transport();
        // a certificate that nobody vouches for
        await Assert.ThrowsAsync<IOException>(() => transport.SendAsync(EmailTransports.AMail(), Cancel));
        Assert.Empty(_server.Heard);

        transport.CertificateCheck = (_, shown, _, _) => shown?.GetCertHashString() == _server.Fingerprint;
        await transport.SendAsync(EmailTransports.AMail(), Cancel);

        Assert.Contains(".", _server.Heard);
    }

    public async ValueTask DisposeAsync()
    {
        if (_transports is not null) await _transports.DisposeAsync();
        await _server.DisposeAsync();
    }

    private SmtpTransport Transport()
    {
        _transports = new EmailTransports(
            ("Transport", "Smtp"), ("Smtp:Host", _server.Address.ToString()),
            ("Smtp:Port", _server.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:StartTls", "false"));
        return Assert.IsType<SmtpTransport>(_transports.Transport);
    }
}
