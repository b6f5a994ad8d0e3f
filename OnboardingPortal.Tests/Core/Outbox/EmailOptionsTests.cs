using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

public sealed class EmailOptionsTests
{
    [Theory]
    [InlineData("Email:Transport must be one of Pickup, Smtp, SendGrid.", "Transport", "Pigeon")]
    [InlineData("Email:Transport must be one of Pickup, Smtp, SendGrid.", "Transport", "1")]
    [InlineData("Email:FromAddress must be one bare address", "FromAddress", "Agency <a@agency.example>")]
    [InlineData("Email:FromAddress must be one bare address", "FromAddress", "a@agency.example\r\nBcc: b@agency.example")]
    [InlineData("Email:FromAddress must be one bare address", "FromAddress", "grüße@agency.example")]
    [InlineData("Email:Smtp:Host must be the name of the mail server.", "Smtp:Host", "")]
    [InlineData("Email:Smtp:Host must be the name of the mail server.", "Smtp:Host", "smtp://mail.example")]
    [InlineData("Email:Smtp:Port must be between 1 and 65535.", "Smtp:Port", "0")]
    [InlineData("must be set together", "Smtp:Username", "")]
    [InlineData("must be set together", "Smtp:Password", "")]
    [InlineData("the password would travel in clear", "Smtp:StartTls", "false")]
    [InlineData("Email:Smtp:Timeout must be between", "Smtp:Timeout", "00:10:00")]
    [InlineData("Email:Smtp:Timeout must be between", "Smtp:Timeout", "00:00:00")]
    public void A_wrong_setting_of_a_mail_server_is_said_in_a_sentence(string words, string name, string value) => Refused(
        words, ("Transport", "Smtp"), ("Smtp:Host", "mail.example"), ("Smtp:Username", "portal"), ("Smtp:Password", "secret-password"),
        (name, value));

    [Theory]
    [InlineData("Email:SendGrid:ApiKey is missing.", "SendGrid:ApiKey", "")]
    [InlineData("Email:SendGrid:ApiKey has characters that no key has", "SendGrid:ApiKey", "SG.secret-password\n")]
    [InlineData("Email:SendGrid:BaseUrl must be an https address", "SendGrid:BaseUrl", "http://api.sendgrid.com")]
    [InlineData("Email:SendGrid:BaseUrl must be an https address", "SendGrid:BaseUrl", "https://user:secret-password@api.sendgrid.com")]
    [InlineData("Email:SendGrid:BaseUrl must be an https address", "SendGrid:BaseUrl", "https://api.sendgrid.com/v3")]
    [InlineData("Email:SendGrid:BaseUrl must be an https address", "SendGrid:BaseUrl", "api.sendgrid.com")]
    [InlineData("Email:SendGrid:WebhookPublicKey must be the verification key", "SendGrid:WebhookPublicKey", "no key")]
    [InlineData("Email:SendGrid:WebhookPublicKey must be the verification key", "SendGrid:WebhookPublicKey", "AAAA")]
    public void A_wrong_setting_of_SendGrid_is_said_in_a_sentence(string words, string name, string value) =>
        Refused(words, ("Transport", "SendGrid"), ("SendGrid:ApiKey", "SG.secret-password"), (name, value));

    [Fact]
    public void A_webhook_key_of_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Refused("Email:SendGrid:WebhookPublicKey must be the verification key",
            ("SendGrid:WebhookPublicKey", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
    }

    [Fact]
    public async Task Each_transport_is_the_one_that_is_named()
    {
        await using var pickup = new EmailTransports();
        await using var local = new EmailTransports(
            ("Transport", "Smtp"), ("Smtp:Host", "127.0.0.1"), ("Smtp:StartTls", "false"), ("Smtp:Username", "a"), ("Smtp:Password", "b"));
        await using var sendGrid = new EmailTransports(
            ("Transport", "SendGrid"), ("SendGrid:ApiKey", "SG.key"), ("SendGrid:BaseUrl", "https://api.eu.sendgrid.com"));

        Assert.IsType<PickupTransport>(pickup.Transport);
        Assert.IsType<SmtpTransport>(local.Transport); // nobody listens on the way to this machine
        Assert.IsType<SendGridTransport>(sendGrid.Transport);
    }

    [Fact]
    public void A_portal_that_cannot_send_does_not_start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("Email:Transport", "Smtp"), new("Email:Smtp:Port", "0")]).Build());
        services.AddLogging().AddLocalization().AddPortalCore();
        using var portal = services.BuildServiceProvider();

        var failed = Assert.Throws<OptionsValidationException>(portal.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(
            ["Email:Smtp:Host must be the name of the mail server.", "Email:Smtp:Port must be between 1 and 65535."],
            failed.Failures);
    }

    private static void Refused(string words, params (string Name, string Value)[] settings)
    {
        var configured = new EmailTransports([.. settings.GroupBy(s => s.Name).Select(g => g.Last())]);

        var refused = Assert.Throws<OptionsValidationException>(() => configured.Transport);

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-password", refused.Message, StringComparison.Ordinal);
    }
}
