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

    /// <summary>The pause before a call is repeated that a platform calls passing trouble; four times as long before the second repeat.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Calls to platforms: a bounded time and size, no redirects, repeats only where nothing can happen twice, one error model.</summary>
public sealed partial class PlatformTransport
{
    /// <summary>The time one call may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of an answer that are read.</summary>
    public const int LongestAnswer = 4 * 1024 * 1024;

    private readonly ResiliencePipeline<PlatformAnswer> _repeats;
    private readonly ILogger<PlatformTransport> _logger;

    /// <summary>Builds the rule for repeats.</summary>
    public PlatformTransport(IOptions<PlatformsOptions> options, TimeProvider clock, ILogger<PlatformTransport> logger)
    {
        _logger = logger;
        _repeats = new ResiliencePipelineBuilder<PlatformAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<PlatformAnswer>
            {
                ShouldHandle = new PredicateBuilder<PlatformAnswer>().HandleResult(a => a.Failure?.Kind == PlatformFailureKind.Transient),
                MaxRetryAttempts = 2,
                UseJitter = options.Value.RetryPause > TimeSpan.Zero,
                DelayGenerator = a => ValueTask.FromResult<TimeSpan?>(options.Value.RetryPause * Math.Pow(4, a.AttemptNumber)),
            })
            .Build();
    }

    /// <summary>Sends a call and reads its answer.</summary>
    /// <typeparam name="T">The answer's shape.</typeparam>
    /// <param name="http">The platform's client.</param>
    /// <param name="platform">For the failure.</param>
    /// <param name="repeats">Whether the call may be sent again after passing trouble: only where nothing can happen twice.</param>
    /// <param name="make">Makes the call; called again for a repeat.</param>
    /// <param name="failureOf">Reads the platform's error from an answer, or null when the answer is no error.</param>
    /// <param name="shape">How the answer is read.</param>
    /// <param name="cancellationToken">Stops the call and its repeats.</param>
    /// <returns>The answer or a <see cref="PlatformFailure"/>.</returns>
    internal async Task<Result<T>> SendAsync<T>(
        HttpClient http, PlatformKey platform, bool repeats, Func<HttpRequestMessage> make, Func<HttpStatusCode, byte[], PlatformFailure?> failureOf,
        JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        var answer = repeats
            ? await _repeats.ExecuteAsync(async token => await SendOnceAsync(http, platform, make(), failureOf, token), cancellationToken)
            : await SendOnceAsync(http, platform, make(), failureOf, cancellationToken);
        if (answer.Failure is { } failure) return failure;
        try
        {
            if (JsonSerializer.Deserialize(answer.Body, shape) is { } value) return value;
        }
        catch (JsonException exception)
        {
            LogNonsense(exception, platform);
        }

        return new PlatformFailure(platform, PlatformFailureKind.Nonsense);
    }

    private async Task<PlatformAnswer> SendOnceAsync(
        HttpClient http, PlatformKey platform, HttpRequestMessage request, Func<HttpStatusCode, byte[], PlatformFailure?> failureOf, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                var failure = failureOf(response.StatusCode, body) ?? (response.IsSuccessStatusCode ? null : new PlatformFailure(platform, KindOf(response.StatusCode)));
                if (failure is not null) LogRefused(platform, (int)response.StatusCode, failure.Kind, failure.TraceId);
                return new PlatformAnswer(body, failure);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                LogUnreachable(exception, platform);
                return new PlatformAnswer([], new PlatformFailure(platform, PlatformFailureKind.Unreachable));
            }
        }
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

    private sealed record PlatformAnswer(byte[] Body, PlatformFailure? Failure);
}
