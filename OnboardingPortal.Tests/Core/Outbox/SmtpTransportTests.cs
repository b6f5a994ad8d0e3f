using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>Mails handed to a real server.</summary>
public sealed class SmtpTransportTests : IClassFixture<EximServer>, IAsyncDisposable
{
    private readonly EximServer _server;
    private EmailTransports? _transports;

    public SmtpTransportTests(EximServer server)
    {
        _server = server;
        _server.IsTrusted = true;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_whole_over_TLS_and_signed_in()
    {
        const string Text = "Grüße,\r\n.\r\n..two dots\r\nFrom here: https://portal.example/r/abc=?\r\n\r\n😀 end";
        var mail = EmailTransports.AMail("whole@bakery.example", "Grüße aus Köln 😀") with
        {
            Content = new EmailContent("Grüße aus Köln 😀", "<p>Grüße &amp; mehr</p>", Text),
            ReplyTo = "answers@bäckerei.example",
            FromName = "Müller & Söhne, GmbH",
            StopLink = new Uri("https://portal.example/stop/a?b=c"),
        };

        Assert.Null((await Smtp().SendAsync(mail, Cancel)).ProviderId);

        var taken = await _server.FindAsync("whole@bakery.example");
        Assert.Contains("-received_protocol esmtpsa", taken.Envelope, StringComparison.Ordinal); // s: over TLS, a: signed in
        Assert.Contains($"-auth_id {EximServer.Username}", taken.Envelope, StringComparison.Ordinal);
        Assert.Equal(["<123@portal.example>"], taken.Headers("Message-ID"));
        Assert.Equal(["answers@xn--bckerei-5wa.example"], taken.Headers("Reply-To"));
        Assert.Equal(["<https://portal.example/stop/a?b=c>"], taken.Headers("List-Unsubscribe"));
        Assert.Equal(["List-Unsubscribe=One-Click"], taken.Headers("List-Unsubscribe-Post"));
        Assert.Equal(["whole@bakery.example"], taken.Headers("To"));
        Assert.Single(taken.Headers("Date"));
        Assert.All(taken.Source.Split('\n'), line => Assert.InRange(line.Length, 0, 998));
        var (subject, from, text, html) = await ParseAsync(taken);
        Assert.Equal(
            ("Grüße aus Köln 😀", "Müller & Söhne, GmbH <onboarding@portal.example>"),
            (subject, from.Replace("\"", "", StringComparison.Ordinal)));
        Assert.Equal(Text.ReplaceLineEndings("\n"), text);
        Assert.Equal("<p>Grüße &amp; mehr</p>", html);
        Assert.True(
            taken.Source.IndexOf("text/plain", StringComparison.Ordinal) < taken.Source.IndexOf("text/html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_mails_leave_over_one_connection()
    {
        var transport = Smtp();
        for (var i = 0; i < 3; i++) await transport.SendAsync(EmailTransports.AMail($"row{i}@bakery.example"), Cancel);
        await Assert.ThrowsAsync<EmailRefusedException>(() => transport.SendAsync(EmailTransports.AMail(EximServer.Unknown), Cancel));
        await transport.SendAsync(EmailTransports.AMail("row3@bakery.example"), Cancel);
        await transport.RestAsync();

        var ports = new HashSet<string>();
        for (var i = 0; i < 4; i++)
            ports.Add((await _server.FindAsync($"row{i}@bakery.example")).Envelope.Split('\n')
                .First(l => l.StartsWith("-host_address", StringComparison.Ordinal)));
        Assert.Single(ports); // Exim notes address and port of the client
    }

    [Fact]
    public async Task A_mail_sent_again_has_the_same_Message_ID()
    {
        var mail = EmailTransports.AMail("twice@bakery.example");

        await Smtp().SendAsync(mail, Cancel);
        await Smtp().SendAsync(mail with { To = "again@bakery.example" }, Cancel);

        Assert.Equal(
            (await _server.FindAsync("twice@bakery.example")).Headers("Message-ID"),
            (await _server.FindAsync("again@bakery.example")).Headers("Message-ID"));
    }

    [Fact]
    public async Task An_address_with_an_international_domain_travels_in_punycode()
    {
        await Smtp().SendAsync(EmailTransports.AMail("kontakt@bäckerei-müller.example"), Cancel);

        Assert.Equal(
            ["kontakt@xn--bckerei-mller-bfb28a.example"],
            (await _server.FindAsync("kontakt@xn--bckerei-mller-bfb28a.example")).Headers("To"));
    }

    [Theory]
    [InlineData(EximServer.Unknown, "550 5.1.1 No such user here")]
    [InlineData(EximServer.Moved, "554 5.1.6 Moved, nobody knows where to")]
    public async Task A_recipient_whom_the_server_does_not_take_is_refused_for_good_in_its_words(string recipient, string words)
    {
        var refused = await Assert.ThrowsAsync<EmailRefusedException>(() => Smtp().SendAsync(EmailTransports.AMail(recipient), Cancel));

        Assert.Equal(words, refused.Message);
    }

    [Fact]
    public async Task A_mail_whose_content_the_server_does_not_want_is_refused_for_good()
    {
        var refused = await Assert.ThrowsAsync<EmailRefusedException>(
            () => Smtp().SendAsync(EmailTransports.AMail("content@bakery.example", EximServer.BlockedWord), Cancel));

        Assert.Contains("This content is not wanted here", refused.Message, StringComparison.Ordinal);
        Assert.False(_server.HasTaken("content@bakery.example"));
    }

    [Fact]
    public async Task A_recipient_whose_server_asks_to_wait_is_tried_again()
    {
        var failed = await Assert.ThrowsAsync<IOException>(() => Smtp().SendAsync(EmailTransports.AMail(EximServer.Greylisted), Cancel));

        Assert.Contains("Greylisted, come back later", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_says_of_us_is_tried_again_and_names_no_password()
    {
        var blocked = EmailTransports.AMail("sender@bakery.example") with { FromAddress = EximServer.BlockedSender };
        var sender = await Assert.ThrowsAsync<IOException>(() => Smtp().SendAsync(blocked, Cancel));
        var password = await Assert.ThrowsAsync<IOException>(
            () => Smtp(("Smtp:Password", "wrong-password")).SendAsync(EmailTransports.AMail("wrong@bakery.example"), Cancel));
        var nobody = await Assert.ThrowsAnyAsync<IOException>(
            () => Smtp(("Smtp:Username", ""), ("Smtp:Password", "")).SendAsync(EmailTransports.AMail("unsigned@bakery.example"), Cancel));
        var relay = await Assert.ThrowsAsync<IOException>(() => Smtp().SendAsync(EmailTransports.AMail(EximServer.Relayed), Cancel));

        Assert.Contains("Relay access denied", relay.Message, StringComparison.Ordinal);
        Assert.Contains("This sender may not send here", sender.Message, StringComparison.Ordinal);
        Assert.Contains("authenticat", password.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("wrong-password", password.ToString(), StringComparison.Ordinal);
        Assert.Contains("Authentication required", nobody.Message, StringComparison.Ordinal);
        Assert.False(_server.HasTaken("wrong@bakery.example") || _server.HasTaken("sender@bakery.example")
            || _server.HasTaken("unsigned@bakery.example"));
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        _server.IsTrusted = false;

        var failed = await Assert.ThrowsAsync<IOException>(() => Smtp().SendAsync(EmailTransports.AMail("secret@bakery.example"), Cancel));

        Assert.Contains("certificate", failed.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(_server.HasTaken("secret@bakery.example"));
    }

    [Fact]
    public async Task A_server_that_stalls_is_left_after_the_time_it_has()
    {
        var failed = await Assert.ThrowsAsync<IOException>(
            () => Smtp(("Smtp:Timeout", "00:00:01")).SendAsync(EmailTransports.AMail(EximServer.Stalling), Cancel));

        Assert.Equal("The mail server localhost took longer than 1 seconds.", failed.Message);
    }

    [Fact]
    public async Task A_server_that_says_nothing_at_all_is_left_as_well_and_one_that_is_not_there_is_told()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var failed = await Assert.ThrowsAsync<IOException>(
            () => Smtp(("Smtp:Timeout", "00:00:01"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", port))
                .SendAsync(EmailTransports.AMail(), Cancel));
        silent.Stop();
        var gone = await Assert.ThrowsAsync<IOException>(
            () => Smtp(("Smtp:Host", "127.0.0.1"), ("Smtp:Port", port)).SendAsync(EmailTransports.AMail(), Cancel));

        Assert.Contains("took longer", failed.Message, StringComparison.Ordinal);
        Assert.Contains("refused", gone.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_stops_the_wait_is_not_told_of_a_server_that_took_too_long()
    {
        using var leaving = new CancellationTokenSource();
        var sending = Smtp().SendAsync(EmailTransports.AMail(EximServer.Stalling), leaving.Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    public async ValueTask DisposeAsync()
    {
        if (_transports is not null) await _transports.DisposeAsync();
    }

    private SmtpTransport Smtp(params (string Name, string Value)[] other)
    {
        Dictionary<string, string> settings = new()
        {
            ["Transport"] = "Smtp",
            ["Smtp:Host"] = "localhost",
            ["Smtp:Port"] = _server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Smtp:Username"] = EximServer.Username,
            ["Smtp:Password"] = EximServer.Password,
        };
        foreach (var (name, value) in other) settings[name] = value;
        _transports = new EmailTransports([.. settings.Select(s => (s.Key, s.Value))]);
        var transport = Assert.IsType<SmtpTransport>(_transports.Transport);
        transport.CertificateCheck = _server.Judge;
        return transport;
    }

    /// <summary>Subject, sender, text and HTML as a mail program shows them.</summary>
    private static async Task<(string Subject, string From, string Text, string Html)> ParseAsync(SpooledMail mail)
    {
        var folder = Directory.CreateTempSubdirectory("portal-mail-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "mail.eml"), mail.Source, Cancel);
            var read = Assert.Single(OnboardingPortal.App.Features.Development.PickedUpMail.ReadAll(folder));
            return (read.Subject, read.From, read.Text.ReplaceLineEndings("\n").Trim('\n'), read.Html.Trim('\n'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
