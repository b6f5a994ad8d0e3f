using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace OnboardingPortal.Core.Platforms;

/// <summary>The section <c>Platforms</c>.</summary>
public sealed class PlatformsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Platforms";

    /// <summary>Whether every platform is replaced by its stand-in within the portal.</summary>
    public bool Sandbox { get; set; }

    /// <summary>
    /// The pause before a call is repeated that a platform calls passing trouble; four times as long before the second repeat.
    /// </summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// Calls to platforms: a bounded time and size, no redirects, repeats only where nothing can happen twice, pauses kept, one error model.
/// </summary>
public sealed partial class PlatformTransport
{
    /// <summary>The time one call may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause that a call waits out while a person looks on; a longer one is told instead.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes of an answer that are read, unless the call allows for more.</summary>
    public const int LongestAnswer = 4 * 1024 * 1024;

    private readonly ResiliencePipeline<PlatformAnswer> _repeats;
    private readonly PlatformPauses _pauses;
    private readonly PlatformMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<PlatformTransport> _logger;

    /// <summary>Builds the rule for repeats.</summary>
    public PlatformTransport(
        IOptions<PlatformsOptions> options, PlatformMetrics metrics, TimeProvider clock, ILogger<PlatformTransport> logger)
    {
        _logger = logger;
        _metrics = metrics;
        _clock = clock;
        _pauses = new PlatformPauses(clock);
        _repeats = new ResiliencePipelineBuilder<PlatformAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<PlatformAnswer>
            {
                ShouldHandle = new PredicateBuilder<PlatformAnswer>()
                    .HandleResult(a => a.Failure is { Kind: PlatformFailureKind.Transient, AsksForLess: false }),
                MaxRetryAttempts = 2,
                UseJitter = options.Value.RetryPause > TimeSpan.Zero,
                DelayGenerator = a => ValueTask.FromResult<TimeSpan?>(options.Value.RetryPause * Math.Pow(4, a.AttemptNumber)),
            })
            .Build();
    }

    /// <summary>Sends a call and reads its answer.</summary>
    /// <typeparam name="T">The answer's shape.</typeparam>
    /// <param name="call">Where it goes and what its answers mean.</param>
    /// <param name="make">Makes the call; called again for a repeat.</param>
    /// <param name="shape">How the answer is read.</param>
    /// <param name="cancellationToken">Stops the call and its repeats.</param>
    /// <returns>The answer or a <see cref="PlatformFailure"/>.</returns>
    internal async Task<Result<T>> SendAsync<T>(
        PlatformCall call, Func<HttpRequestMessage> make, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(
            call, make, async (body, token) => await JsonSerializer.DeserializeAsync(body, shape, token), cancellationToken);
        if (answer.Failure is { } failure) return failure;
        return answer.Value is T value ? value : new PlatformFailure(call.Dialect.Platform, PlatformFailureKind.Nonsense);
    }

    /// <summary>Sends a call whose answer is no JSON, or whose headers matter.</summary>
    /// <returns>The answer or a <see cref="PlatformFailure"/>.</returns>
    internal async Task<Result<PlatformResponse>> ReadAsync(
        PlatformCall call, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(call, make, read: null, cancellationToken);
        if (answer.Failure is { } failure) return failure;
        return answer.Response!;
    }

    /// <summary>Sends a call whose answer holds nothing worth reading.</summary>
    /// <returns>Null when the platform did it.</returns>
    internal async Task<PlatformFailure?> SendAsync(
        PlatformCall call, Func<HttpRequestMessage> make, CancellationToken cancellationToken) =>
        (await AnswerAsync(call, make, read: null, cancellationToken)).Failure;

    private async Task<PlatformAnswer> AnswerAsync(
        PlatformCall call, Func<HttpRequestMessage> make, BodyReader? read, CancellationToken cancellationToken) => call.Repeats
        ? await _repeats.ExecuteAsync(async token => await SendOnceAsync(call, make, read, token), cancellationToken)
        : await SendOnceAsync(call, make, read, cancellationToken);

    private async Task<PlatformAnswer> SendOnceAsync(
        PlatformCall call, Func<HttpRequestMessage> make, BodyReader? read, CancellationToken cancellationToken)
    {
        var platform = call.Dialect.Platform;
        while (PauseBefore(call) is var pause && pause > TimeSpan.Zero)
        {
            if (pause > LongestWait)
                return new PlatformAnswer(new PlatformFailure(platform, PlatformFailureKind.RateLimited) { RetryAfter = pause });
            await Task.Delay(pause, _clock, cancellationToken);
        }

        return await _metrics.MeasureAsync(platform, () => CallAsync(call, make, read, cancellationToken), answer => answer.Failure?.Kind);
    }

    private TimeSpan PauseBefore(PlatformCall call)
    {
        var pause = _pauses.Left(call.Dialect.Platform, call.CountedBy);
        return pause > TimeSpan.Zero ? pause : call.Dialect.Reserve(_clock.GetUtcNow());
    }

    private async Task<PlatformAnswer> CallAsync(
        PlatformCall call, Func<HttpRequestMessage> make, BodyReader? read, CancellationToken cancellationToken)
    {
        var platform = call.Dialect.Platform;
        try
        {
            using var request = make();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(call.Http.Timeout); // which by itself ends with the headers
            using var message = await call.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var body = new BoundedStream(await message.Content.ReadAsStreamAsync(limit.Token), call.LongestAnswer);
            // A page of people may be a megabyte: it is read as it comes, and never in memory as a whole.
            var isRead = read is not null && call.Dialect.RefusesByStatus && message.IsSuccessStatusCode;
            var response = new PlatformResponse(
                message.StatusCode, message.Headers, isRead ? [] : await WholeAsync(body, limit.Token));
            var wanted = call.Dialect.PauseAfter(response, _clock.GetUtcNow());
            if (wanted > TimeSpan.Zero) _pauses.Note(platform, call.CountedBy, wanted.Value);
            var failure = call.Dialect.FailureOf(response)
                ?? (message.IsSuccessStatusCode ? null : new PlatformFailure(platform, KindOf(message.StatusCode)));
            if (failure is null)
            {
                var value = read is null ? null : await read(isRead ? body : new MemoryStream(response.Body), limit.Token);
                return new PlatformAnswer(null, response, value);
            }

            LogRefused(platform, (int)message.StatusCode, failure.Kind, failure.TraceId);
            return new PlatformAnswer(failure with { RetryAfter = wanted });
        }
        catch (JsonException exception)
        {
            LogNonsense(exception, platform);
            return new PlatformAnswer(new PlatformFailure(platform, PlatformFailureKind.Nonsense));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(exception, platform);
            var isTooLong = exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
            return new PlatformAnswer(new PlatformFailure(platform, PlatformFailureKind.Unreachable) { AsksForLess = isTooLong });
        }
    }

    private static async Task<byte[]> WholeAsync(Stream body, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    /// <summary>What a status means where the body says nothing.</summary>
    internal static PlatformFailureKind KindOf(HttpStatusCode status) => (int)status switch
    {
        401 => PlatformFailureKind.AuthExpired,
        403 => PlatformFailureKind.PermissionDenied,
        404 => PlatformFailureKind.NotFound,
        429 => PlatformFailureKind.RateLimited,
        >= 500 => PlatformFailureKind.Transient,
        >= 400 => PlatformFailureKind.InvalidRequest,
        _ => PlatformFailureKind.Nonsense, // a redirect where none is documented
    };

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "{Platform} answered {Status}: {Kind}, trace {TraceId}")]
    private partial void LogRefused(PlatformKey platform, int status, PlatformFailureKind kind, string? traceId);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "{Platform} could not be reached")]
    private partial void LogUnreachable(Exception exception, PlatformKey platform);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Warning, Message = "{Platform} answered what is not documented")]
    private partial void LogNonsense(Exception exception, PlatformKey platform);

    /// <summary>Reads what an answer's body says; null when it says nothing.</summary>
    /// <exception cref="JsonException">It is not what is documented.</exception>
    private delegate Task<object?> BodyReader(Stream body, CancellationToken cancellationToken);

    private sealed record PlatformAnswer(PlatformFailure? Failure, PlatformResponse? Response = null, object? Value = null);
}
