using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using global::SendGrid;
using global::SendGrid.Helpers.Mail;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SendGridAddress = SendGrid.Helpers.Mail.EmailAddress;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Hands mails to SendGrid's Mail Send. SendGrid sets the Message-ID itself; ours travels in <c>X-Entity-Ref-ID</c>, and the mail's id
/// comes back with every event.
/// </summary>
public sealed partial class SendGridTransport(
    HttpClient http, IOptions<EmailOptions> options, TimeProvider clock, ILogger<SendGridTransport> logger) : IEmailTransport
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly SendGridClient _client = new(http, new SendGridClientOptions
    {
        ApiKey = options.Value.SendGrid.ApiKey,
        Host = options.Value.SendGrid.BaseUrl.GetLeftPart(UriPartial.Authority),
    });

    /// <inheritdoc />
    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.SendEmailAsync(MessageOf(email), cancellationToken);
            if (answer.IsSuccessStatusCode) return new EmailReceipt(IdOf(answer));
            throw FailureOf(answer, await WordsOfAsync(answer, cancellationToken));
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"SendGrid did not answer within {http.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.", exception);
        }
    }

    /// <summary>
    /// The arguments stand with whom it goes to: the OpenAPI document has those of the whole message as text, not as an object.
    /// </summary>
    private SendGridMessage MessageOf(OutgoingEmail email)
    {
        var to = new Personalization
        {
            Tos = [new SendGridAddress(MimeMail.AddressOf(email.To))],
            Headers = new() { ["X-Entity-Ref-ID"] = MimeMail.IdOf(email) },
            CustomArgs = new() { [SendGridDefaults.MailArgument] = email.Id.ToString() },
        };
        if (email.StopLink is { } stop)
        {
            to.Headers[MimeMail.StopHeader] = $"<{stop.AbsoluteUri}>";
            to.Headers[MimeMail.StopPostHeader] = MimeMail.StopPost;
        }

        return new SendGridMessage
        {
            Personalizations = [to],
            From = new SendGridAddress(MimeMail.AddressOf(email.FromAddress), MimeMail.TextOf(email.FromName)),
            ReplyTo = email.ReplyTo is { } replyTo ? new SendGridAddress(MimeMail.AddressOf(replyTo)) : null,
            Subject = MimeMail.TextOf(email.Content.Subject),
            PlainTextContent = email.Content.Text,
            HtmlContent = email.Content.Html,
            TrackingSettings = new TrackingSettings // links hold secrets, and nobody is watched
            {
                ClickTracking = new ClickTracking { Enable = false, EnableText = false },
                OpenTracking = new OpenTracking { Enable = false },
                SubscriptionTracking = new SubscriptionTracking { Enable = false },
            },
            MailSettings = new MailSettings { SandboxMode = new SandboxMode { Enable = options.Value.SendGrid.SandboxMode } },
        };
    }

    private static string? IdOf(Response answer) =>
        answer.Headers.TryGetValues(SendGridDefaults.MessageIdHeader, out var ids)
            && ids.First() is { Length: > 0 and <= EmailMessage.ProviderIdMaxLength } id ? id : null;

    private Exception FailureOf(Response answer, string words)
    {
        var status = (int)answer.StatusCode;
        var said = $"SendGrid answered {(int)answer.StatusCode}: {words}";
        switch (answer.StatusCode)
        {
            case HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge:
                return new EmailRefusedException(said);
            case HttpStatusCode.TooManyRequests:
                return new EmailBusyException(said, PauseOf(answer));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                LogNotAllowed(status, words);
                return new HttpRequestException(said, null, answer.StatusCode);
            default:
                return new HttpRequestException(said, null, answer.StatusCode);
        }
    }

    private TimeSpan PauseOf(Response answer)
    {
        var pause = answer.Headers.TryGetValues(SendGridDefaults.ResetHeader, out var resets)
            && long.TryParse(resets.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
            && reset < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(reset) - clock.GetUtcNow()
            : UsualPause;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    /// <summary>What the answer says is wrong. The key is taken out, should it be quoted.</summary>
    private async Task<string> WordsOfAsync(Response answer, CancellationToken cancellationToken)
    {
        var body = await answer.Body.ReadAsStringAsync(cancellationToken);
        var words = Read(body) is { Count: > 0 } errors
            ? string.Join(' ', errors.Select(e => e.Field is { Length: > 0 } field and not "null" ? $"{e.Message} ({field})" : e.Message))
            : ReasonPhrases.GetReasonPhrase((int)answer.StatusCode);
        return ForeignText.Fit(
            ForeignText.OneLine(words).Replace(options.Value.SendGrid.ApiKey, "[key]", StringComparison.Ordinal),
            EmailMessage.ErrorMaxLength);
    }

    private static List<(string? Message, string? Field)> Read(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["errors"] is JsonArray errors
                ? [.. errors.Select(e => (TextOf(e, "message"), TextOf(e, "field")))]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return []; // a proxy's page: the status says enough
        }

        static string? TextOf(JsonNode? error, string name) => error?[name] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Error,
        Message = "SendGrid takes no mails from this portal ({Status}: {Words}). Check that Email:SendGrid:ApiKey is valid and may "
            + "send, and that Email:FromAddress is a verified sender there; mails are tried again")]
    private partial void LogNotAllowed(int status, string words);
}
