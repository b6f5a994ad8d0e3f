using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

public sealed class SendGridTransportTests : IAsyncLifetime
{
    private SendGridStub _stub = null!;
    private EmailTransports _transports = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stub = await SendGridStub.StartAsync();
        _transports = With();
    }

    [Fact]
    public async Task A_mail_is_sent_as_specified_with_opaque_ids_only_and_without_tracking()
    {
        var mail = EmailTransports.AMail("kontakt@bäckerei.example") with
        {
            ReplyTo = "answers@brightside.example",
            StopLink = new Uri("https://portal.example/stop/abc")
        };

        var receipt = await _transports.Transport.SendAsync(mail, Cancel);

        Assert.Equal("14c5d75ce93.dfd.64b469", receipt.ProviderId);
        var body = Assert.Single(_stub.Bodies);
        Assert.Equal(
            """[{"to":[{"email":"kontakt@xn--bckerei-5wa.example"}],"headers":{"X-Entity-Ref-ID":"123@portal.example","List-Unsubscribe":"<https://portal.example/stop/abc>","List-Unsubscribe-Post":"List-Unsubscribe=One-Click"},"custom_args":{"portal_mail":"123"}}]""",
            body["personalizations"]!
                .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(["text/plain", "text/html"], body["content"]!.AsArray().Select(c => c!["type"]!.ToString()));
        Assert.Equal(
            """{"click_tracking":{"enable":false,"enable_text":false},"open_tracking":{"enable":false},"subscription_tracking":{"enable":false}}""", body["tracking_settings"]!.ToJsonString());
        Assert.Equal(
            ("onboarding@portal.example", "Brightside Agency"), (body["from"]!["email"]!.ToString(), body["from"]!["name"]!.ToString()));
        Assert.Equal("answers@brightside.example", body["reply_to"]!["email"]!.ToString());
        Assert.False(body["mail_settings"]!["sandbox_mode"]!["enable"]!.GetValue<bool>());
    }

    [Fact]
    public async Task In_sandbox_mode_a_mail_is_only_checked()
    {
        _stub.Answer = context => Task.CompletedTask; // 200 without an id

        var receipt = await With(("SendGrid:SandboxMode", "true")).Transport.SendAsync(EmailTransports.AMail(), Cancel);

        Assert.Null(receipt.ProviderId);
        Assert.True(Assert.Single(_stub.Bodies)["mail_settings"]!["sandbox_mode"]!["enable"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(400, "Does not contain a valid address.", "personalizations.0.to.0.email", "SendGrid answered 400: Does not contain a "
        + "valid address. (personalizations.0.to.0.email)")]
    [InlineData(413, "content too large", "null", "SendGrid answered 413: content too large")]
    public async Task What_SendGrid_refuses_for_good_is_said_in_its_words(int status, string message, string field, string words)
    {
        _stub.Refuse(status, message, field);

        var refused = await Assert.ThrowsAsync<EmailRefusedException>(
            () => _transports.Transport.SendAsync(EmailTransports.AMail(), Cancel));

        Assert.Equal(words, refused.Message);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_key_or_sender_that_SendGrid_does_not_take_is_the_operators_to_mend_so_the_mail_waits(int status)
    {
        _stub.Refuse(status, $"The from address does not match a verified Sender Identity. {SendGridStub.Key}");

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => _transports.Transport.SendAsync(EmailTransports.AMail(), Cancel));

        Assert.Contains("verified Sender Identity. [key]", failed.Message, StringComparison.Ordinal);
        var line = Assert.Single(_transports.Logs.Lines, l => l.StartsWith("Error 4111", StringComparison.Ordinal));
        Assert.Contains("Email:SendGrid:ApiKey", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_transports.Logs.Lines, l => l.Contains(SendGridStub.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_is_told()
    {
        var failed = await Assert.ThrowsAsync<HttpRequestException>(
            () => With(("SendGrid:ApiKey", "SG.wrong")).Transport.SendAsync(EmailTransports.AMail(), Cancel));

        Assert.Equal("SendGrid answered 401: authorization required", failed.Message);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("-5", 1)]
    [InlineData("99999999", 3600)]
    [InlineData("not a number", 60)]
    [InlineData(null, 60)]
    public async Task When_there_is_too_much_to_do_the_pause_is_the_one_SendGrid_asks_for_within_bounds(string? inSeconds, int pause)
    {
        var reset = int.TryParse(inSeconds, CultureInfo.InvariantCulture, out var seconds)
            ? (FakeTime.Start.ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture)
            : inSeconds;
        _stub.Refuse(429, "too many requests", null, reset is null ? [] : [("X-RateLimit-Reset", reset)]);

        var busy = await Assert.ThrowsAsync<EmailBusyException>(() => _transports.Transport.SendAsync(EmailTransports.AMail(), Cancel));

        Assert.Equal(("SendGrid answered 429: too many requests", TimeSpan.FromSeconds(pause)), (busy.Message, busy.Pause));
    }

    [Fact]
    public async Task Trouble_at_SendGrid_is_tried_again_and_nobody_follows_it_elsewhere()
    {
        _stub.Refuse(500, "internal server error");
        var broken = await Assert.ThrowsAsync<HttpRequestException>(() => _transports.Transport.SendAsync(EmailTransports.AMail(), Cancel));
        _stub.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("<html>A proxy's page</html>");
        };
        var proxy = await Assert.ThrowsAsync<HttpRequestException>(() => _transports.Transport.SendAsync(EmailTransports.AMail(), Cancel));
        _stub.Answer = context =>
        {
            context.Response.Redirect(_stub.Address + "v3/mail/send?again", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        _stub.Bodies.Clear();
        await Assert.ThrowsAsync<HttpRequestException>(() => _transports.Transport.SendAsync(EmailTransports.AMail(), Cancel));

        Assert.Equal(
            ("SendGrid answered 500: internal server error", "SendGrid answered 503: Service Unavailable"),
            (broken.Message, proxy.Message));
        Assert.Single(_stub.Bodies);
    }

    [Fact]
    public async Task SendGrid_has_only_so_long()
    {
        var over = new TaskCompletionSource();
        _stub.Answer = _ => over.Task;
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200) };
        var options = new EmailOptions { Transport = "SendGrid", SendGrid = { ApiKey = SendGridStub.Key, BaseUrl = _stub.Address } };
        var transport = new SendGridTransport(http, Options.Create(options), TimeProvider.System, NullLogger<SendGridTransport>.Instance);

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => transport.SendAsync(EmailTransports.AMail(), Cancel));
        over.SetResult();

        Assert.Equal("SendGrid did not answer within 0.2 seconds.", failed.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _transports.DisposeAsync();
        await _stub.DisposeAsync();
    }

    private EmailTransports With(params (string Name, string Value)[] other)
    {
        Dictionary<string, string> settings = new()
        {
            ["Transport"] = "SendGrid",
            ["SendGrid:ApiKey"] = SendGridStub.Key,
            ["SendGrid:BaseUrl"] = _stub.Address.AbsoluteUri
        };
        foreach (var (name, value) in other) settings[name] = value;
        return new EmailTransports([.. settings.Select(s => (s.Key, s.Value))]);
    }
}
