using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Email.SendGrid;

/// <summary>
/// Hands mails to SendGrid's Mail Send. SendGrid sets the Message-ID itself; ours travels in <c>X-Entity-Ref-ID</c>, and the mail's id comes back
/// with every event.
/// </summary>
public sealed partial class SendGridTransport(HttpClient http, IOptions<EmailOptions> options, TimeProvider clock, ILogger<SendGridTransport> logger) : IEmailTransport
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Uri _address = new(options.Value.SendGrid.BaseUrl, "v3/mail/send");

    /// <inheritdoc />
    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = JsonContent.Create(BodyOf(email), SendGridJson.Default.SendGridMail) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.SendGrid.ApiKey);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode) return new EmailReceipt(IdOf(answer));
            throw FailureOf(answer, await WordsOfAsync(answer, cancellationToken));
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"SendGrid did not answer within {http.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.", exception);
        }
    }

    private SendGridMail BodyOf(OutgoingEmail email)
    {
        var headers = new Dictionary<string, string> { ["X-Entity-Ref-ID"] = MimeMail.IdOf(email) };
        if (email.StopLink is { } stop)
        {
            headers[MimeMail.StopHeader] = $"<{stop.AbsoluteUri}>";
            headers[MimeMail.StopPostHeader] = MimeMail.StopPost;
        }

        var to = new SendGridPersonalization(
            [new SendGridAddress(WireAddress.Of(email.To))], headers, new Dictionary<string, string> { [SendGridDefaults.MailArgument] = email.Id.ToString() });
        return new SendGridMail(
            [to], new SendGridAddress(WireAddress.Of(email.FromAddress), MimeMail.TextOf(email.FromName)),
            email.ReplyTo is { } replyTo ? new SendGridAddress(WireAddress.Of(replyTo)) : null, MimeMail.TextOf(email.Content.Subject),
            [new SendGridContent("text/plain", email.Content.Text), new SendGridContent("text/html", email.Content.Html)],
            new SendGridTracking(new SendGridClickTracking(false, false), new SendGridSwitch(false), new SendGridSwitch(false)), // links hold secrets, and nobody is watched
            new SendGridMailSettings(new SendGridSwitch(options.Value.SendGrid.SandboxMode)));
    }

    private static string? IdOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(SendGridDefaults.MessageIdHeader, out var ids) && ids.First() is { Length: > 0 and <= EmailMessage.ProviderIdMaxLength } id ? id : null;

    private Exception FailureOf(HttpResponseMessage answer, string words)
    {
        var (status, said) = ((int)answer.StatusCode, $"SendGrid answered {(int)answer.StatusCode}: {words}");
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

    private TimeSpan PauseOf(HttpResponseMessage answer)
    {
        var pause = answer.Headers.TryGetValues(SendGridDefaults.ResetHeader, out var resets)
            && long.TryParse(resets.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset) && reset < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(reset) - clock.GetUtcNow()
            : UsualPause;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    /// <summary>What the answer says is wrong. The key is taken out, should it be quoted.</summary>
    private async Task<string> WordsOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var words = Read(body) is { Count: > 0 } errors
            ? string.Join(' ', errors.Select(e => e.Field is { Length: > 0 } field and not "null" ? $"{e.Message} ({field})" : e.Message))
            : answer.ReasonPhrase ?? "";
        return ForeignText.Fit(EmailLayout.OneLine(words).Replace(options.Value.SendGrid.ApiKey, "[key]", StringComparison.Ordinal), EmailMessage.ErrorMaxLength);
    }

    private static IReadOnlyList<SendGridError>? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SendGridJson.Default.SendGridErrors)?.Errors;
        }
        catch (JsonException)
        {
            return null; // a proxy's page: the status says enough
        }
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Error,
        Message = "SendGrid takes no mails from this portal ({Status}: {Words}). Check that Email:SendGrid:ApiKey is valid and may send, and that Email:FromAddress is a verified sender there; mails are tried again")]
    private partial void LogNotAllowed(int status, string words);
}
