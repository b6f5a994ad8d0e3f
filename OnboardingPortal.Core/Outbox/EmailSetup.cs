using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Outbox;

/// <summary>How mails leave this portal, as far as main users may see it, and whether it works.</summary>
public sealed partial class EmailSetup(
    PortalDbContextFactory contexts, IEmailTransport transport, IMailComposer composer, PickupTransport pickup, SendGridSignature events,
    PortalAddress address,
    IOptions<EmailOptions> options, TimeProvider clock, ILogger<EmailSetup> logger)
{
    /// <summary>How long a main user waits between two test mails.</summary>
    public static readonly TimeSpan TestMailPause = TimeSpan.FromSeconds(10);

    /// <summary>How long the outbox leaves a test mail alone: longer than any transport takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>What is configured; secrets only as set or not.</summary>
    /// <returns>It, or <see cref="NotAllowed"/>.</returns>
    public Result<EmailSetupState> Get(AgencyCaller caller)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var email = options.Value;
        return new EmailSetupState(
            email.Transport, email.FromAddress, SettingsOf(email), email.Kind == EmailTransportKind.SendGrid || events.IsConfigured,
            new Uri(address.Public, SendGridDefaults.WebhookPath), events.IsConfigured);
    }

    /// <summary>
    /// Sends the caller a request with made-up contents at once and waits for the transport's own answer. The mail stands in the outbox
    /// meanwhile, so that what becomes of it later finds it; one that is not taken is forgotten.
    /// </summary>
    /// <param name="caller">A main user.</param>
    /// <param name="language">The mail's language.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The answer, <see cref="NotAllowed"/> or <see cref="TestMailTooSoon"/>.</returns>
    public async Task<Result<EmailTestAnswer>> SendTestAsync(AgencyCaller caller, string language, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var now = clock.GetUtcNow();
        var about = MailSubject.Of(caller.User);
        var mail = new EmailMessage(
            EmailMessageId.New(clock), caller.Agency, new NewMail(EmailKind.Test, about, caller.Email, language), now);
        mail.Claim(now + Lease);
        await using var db = contexts.Create(caller.Agency);
        if (await db.EmailMessages.AnyAsync(
            m => m.Kind == EmailKind.Test && m.About == about && m.QueuedAt > now - TestMailPause,
            cancellationToken))
        {
            return new TestMailTooSoon();
        }

        db.EmailMessages.Add(mail);
        db.AuditEvents.Add(
            new AuditEvent(AuditEventId.New(clock), caller.Agency, now, AuditKind.TestMailSent, caller.Actor, null, null, caller.Email));
        await db.SaveChangesAsync(cancellationToken);
        var rendered = await composer.BeginBatch([mail], cancellationToken).ComposeAsync(mail, cancellationToken)
            ?? throw new InvalidOperationException("A test mail is never over.");
        var (answer, receipt) = await TryAsync(rendered.Address(mail, options.Value.FromAddress), cancellationToken);
        var mine = db.EmailMessages.Where(m => m.Id == mail.Id);
        if (receipt is null)
        {
            await mine.ExecuteDeleteAsync(CancellationToken.None);
            return answer;
        }

        DateTimeOffset? sentAt = clock.GetUtcNow();
        await mine.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, EmailState.Sent).SetProperty(m => m.SentAt, sentAt)
                .SetProperty(m => m.ProviderId, receipt.ProviderId), CancellationToken.None);
        return answer;
    }

    private async Task<(EmailTestAnswer Answer, EmailReceipt? Receipt)> TryAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        try
        {
            var receipt = await transport.SendAsync(email, cancellationToken);
            return (new EmailTestAnswer(EmailTestOutcome.Taken, email.To, receipt.ProviderId), receipt);
        }
        catch (EmailRefusedException refused)
        {
            return (Failed(EmailTestOutcome.Refused, refused), null);
        }
        catch (Exception failure) when (failure is EmailBusyException or HttpRequestException or IOException)
        {
            return (Failed(EmailTestOutcome.NotTaken, failure), null);
        }

        EmailTestAnswer Failed(EmailTestOutcome outcome, Exception exception)
        {
            LogNotTaken(exception, email.Id);
            return new EmailTestAnswer(outcome, email.To, ForeignText.Fit(exception.Message, EmailMessage.ErrorMaxLength));
        }
    }

    private IReadOnlyList<PlatformSetting> SettingsOf(EmailOptions email)
    {
        const string smtp = $"{EmailOptions.Section}:{nameof(EmailOptions.Smtp)}", sendGrid =
            $"{EmailOptions.Section}:{nameof(EmailOptions.SendGrid)}";
        return email.Kind switch
        {
            EmailTransportKind.Smtp =>
            [
                PlatformSetting.Public(smtp, nameof(SmtpOptions.Host), email.Smtp.Host),
                PlatformSetting.Public(smtp, nameof(SmtpOptions.Port), email.Smtp.Port.ToString(CultureInfo.InvariantCulture)),
                PlatformSetting.Public(smtp, nameof(SmtpOptions.StartTls), Word(email.Smtp.StartTls)),
                PlatformSetting.Public(smtp, nameof(SmtpOptions.Username), email.Smtp.Username) with { IsOptional = true },
                PlatformSetting.Secret(smtp, nameof(SmtpOptions.Password), email.Smtp.Password) with { IsOptional = true },
                PlatformSetting.Public(smtp, nameof(SmtpOptions.Timeout), email.Smtp.Timeout.ToString("c", CultureInfo.InvariantCulture)),
            ],
            EmailTransportKind.SendGrid =>
            [
                PlatformSetting.Public(sendGrid, nameof(SendGridOptions.BaseUrl), email.SendGrid.BaseUrl.AbsoluteUri),
                PlatformSetting.Secret(sendGrid, nameof(SendGridOptions.ApiKey), email.SendGrid.ApiKey),
                PlatformSetting.Public(sendGrid, nameof(SendGridOptions.SandboxMode), Word(email.SendGrid.SandboxMode)),
            ],
            _ => [PlatformSetting.Public(PortalOptions.Section, nameof(PortalOptions.DataDirectory), pickup.Folder)],
        };

        static string Word(bool value) => value ? "true" : "false";
    }

    [LoggerMessage(EventId = 4113, Level = LogLevel.Warning, Message = "The test mail {Mail} was not taken")]
    private partial void LogNotTaken(Exception exception, EmailMessageId mail);
}

/// <summary>How mails leave.</summary>
/// <param name="Transport">The transport's name in the configuration.</param>
/// <param name="FromAddress">The sender of all mails.</param>
/// <param name="Settings">What the transport is configured with.</param>
/// <param name="HasWebhook">Whether a service can tell what becomes of mails: SendGrid, whose mail server takes mails by SMTP, too.</param>
/// <param name="Webhook">The address to enter there.</param>
/// <param name="IsWebhookKeySet">Whether the key is configured that proves where events come from; without it they are not taken.</param>
public sealed record EmailSetupState(
    string Transport, string FromAddress, IReadOnlyList<PlatformSetting> Settings, bool HasWebhook, Uri Webhook, bool IsWebhookKeySet);

/// <summary>What the transport answered to a test mail.</summary>
/// <param name="Outcome">Taken or not.</param>
/// <param name="To">Whom it went to.</param>
/// <param name="Words">Of a mail that was taken the service's id, null where there is none; of another what was said.</param>
public sealed record EmailTestAnswer(EmailTestOutcome Outcome, string To, string? Words);

/// <summary>What became of a test mail.</summary>
public enum EmailTestOutcome
{
    /// <summary>The transport took it.</summary>
    Taken,

    /// <summary>It was refused for good.</summary>
    Refused,

    /// <summary>It was not taken; the same mail may be taken later, or when the configuration is mended.</summary>
    NotTaken,
}
