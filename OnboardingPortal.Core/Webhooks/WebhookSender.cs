using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Net;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// Sends one attempt to an address that somebody typed: to public addresses alone, judged when connecting; no redirects, no proxy, no
/// cookies, a bounded time, and of the answer only its beginning. While platforms are rehearsed, an endpoint on this machine may be
/// reached, too.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private const int AnswerBytes = 4096;

    private readonly HttpClient _http;
    private readonly WebhookSecrets _secrets;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    /// <summary>Makes the client all attempts share.</summary>
    public WebhookSender(
        PublicConnector connector, WebhookSecrets secrets, IOptions<PlatformsOptions> platforms, IOptions<WebhookOptions> options,
        TimeProvider clock)
    {
        var mayStayHere = platforms.Value.Sandbox;
        _secrets = secrets;
        _timeout = options.Value.Timeout;
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // a proxy would connect in our place, unchecked
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context, mayStayHere, cancellationToken),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // addresses change, and may become such as are refused
            MaxResponseHeadersLength = 16, // kB
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // the clock that was given counts
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("OnboardingPortal-Webhooks/1.0");
    }

    /// <summary>Sends.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; a time that ran out is an answer without a status.</exception>
    internal async Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Payload));
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", delivery.MessageId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _secrets.SignaturesOf(endpoint, delivery.MessageId, now, delivery.Payload));
        using var timeUp = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeUp.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var text = await ReadBeginningAsync(response, either.Token, cancellationToken);
            return new WebhookAnswer((int)response.StatusCode, text, PauseOf(response));
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(
                null, string.Create(CultureInfo.InvariantCulture, $"No answer within {_timeout.TotalSeconds} seconds."), null);
        }
        catch (HttpRequestException exception)
        {
            return new WebhookAnswer(
                null, exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message, null);
        }
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>
    /// The status is known by now: an answer that stops in the middle, or never ends, is cut and not a failure of its own.
    /// </summary>
    private static async Task<string> ReadBeginningAsync(HttpResponseMessage response, CancellationToken timeUp, CancellationToken leaving)
    {
        var buffer = new byte[AnswerBytes];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(timeUp);
            length = await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, timeUp);
            if (length < AnswerBytes && !response.IsSuccessStatusCode)
            {
                // What a refusal says may come in pieces; what follows "thank you" is not waited for.
                while (length < AnswerBytes && await stream.ReadAsync(buffer.AsMemory(length), timeUp) is > 0 and var more) length += more;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException
            && !leaving.IsCancellationRequested)
        {
            // What came is kept.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private TimeSpan? PauseOf(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        ? response.Headers.RetryAfter switch { { Delta: { } pause } => pause, { Date: { } until } => until - _clock.GetUtcNow(), _ => null }
        : null;
}

/// <summary>What came of an attempt.</summary>
/// <param name="Status">The HTTP status; null when nobody answered.</param>
/// <param name="Text">The beginning of the answer, or why there is none; hostile.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone; null when it did not say.</param>
internal sealed record WebhookAnswer(int? Status, string Text, TimeSpan? RetryAfter)
{
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>Whether the receiver never wants to hear of anything again.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}
