using System.Net;
using System.Net.Http.Headers;

namespace OnboardingPortal.Core.Platforms;

/// <summary>How a platform says no: its error bodies and its headers about limits.</summary>
/// <param name="platform">The platform that says it.</param>
internal abstract class PlatformDialect(PlatformKey platform)
{
    public PlatformKey Platform { get; } = platform;

    /// <summary>
    /// Whether a status below 400 is never a refusal: such an answer is read while it arrives, and <see cref="FailureOf"/> and
    /// <see cref="PauseAfter"/> see an empty body.
    /// </summary>
    public virtual bool RefusesByStatus => true;

    /// <summary>The failure that an answer tells; null when its body is no error the platform documents, then the status decides.</summary>
    public abstract PlatformFailure? FailureOf(PlatformResponse response);

    /// <summary>How long the platform asks to be left alone after this answer; null when it does not.</summary>
    public virtual TimeSpan? PauseAfter(PlatformResponse response, DateTimeOffset now) => response.RetryAfter(now);

    /// <summary>
    /// Asks for a call that the platform's limits may refuse, as far as they are known before it: zero = it may be made, and is counted;
    /// otherwise how long to wait before asking again.
    /// </summary>
    public virtual TimeSpan Reserve(DateTimeOffset now) => TimeSpan.Zero;

    protected PlatformFailure Failure(PlatformFailureKind kind, string? userText = null, string? traceId = null) =>
        new(Platform, kind, userText, traceId);
}

/// <summary>An answer, read whole.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its headers without those of the body.</param>
/// <param name="Body">Its body; empty when there is none.</param>
internal sealed record PlatformResponse(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    /// <summary>A header's first value; null when it is missing.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>The pause that the header <c>Retry-After</c> asks for; null without one.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } until } => until > now ? until - now : TimeSpan.Zero,
        _ => null,
    };
}

/// <summary>Where a call goes and what its answers mean.</summary>
/// <param name="Http">The platform's client.</param>
/// <param name="Dialect">Its way to say no.</param>
/// <param name="Repeats">Whether the call may be sent again after passing trouble: only where nothing can happen twice.</param>
/// <param name="CountedBy">What the platform counts calls by, as far as the call knows: an account, a host, a token; empty = the whole
/// app.</param>
internal sealed record PlatformCall(HttpClient Http, PlatformDialect Dialect, bool Repeats, string CountedBy = "")
{
    /// <summary>The most bytes of an answer; more than the usual where a page's size is the platform's choice.</summary>
    public int LongestAnswer { get; init; } = PlatformTransport.LongestAnswer;
}
