using System.Net;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

/// <summary>One answer of a platform.</summary>
/// <param name="Method">The call's method.</param>
/// <param name="Address">The call's address, without its query.</param>
/// <param name="Body">What is answered.</param>
/// <param name="Status">Its status.</param>
public sealed record Recorded(HttpMethod Method, string Address, string Body = "", HttpStatusCode Status = HttpStatusCode.OK)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public void On(StubHttp http) => http.On(Method, Address, _ => new StubAnswer(Body, Status) { Headers = Headers });
}

/// <summary>What a platform documents, as answers, and what the portal must make of each.</summary>
public abstract class PlatformAnswers
{
    public abstract PlatformKey Key { get; }

    /// <summary>What the portal holds of a connected account.</summary>
    public abstract PlatformCredentials Credentials { get; }

    public abstract PlatformAccount Account { get; }

    /// <summary>The calls that find out whose account it is, in their order.</summary>
    public abstract IReadOnlyList<Recorded> Identity { get; }

    /// <summary>The one of them at which the platform's errors are recorded.</summary>
    public virtual Recorded Reading => Identity[0];

    /// <summary>The documented errors of the model's table.</summary>
    public abstract TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors { get; }

    /// <summary>The answer to a token that is dead.</summary>
    public abstract (HttpStatusCode Status, string Body) Dead { get; }

    /// <summary>What a redirect means, which none documents.</summary>
    public virtual PlatformFailureKind Redirected => PlatformFailureKind.Nonsense;

    /// <summary>The answer to too many calls, with the headers that come with it.</summary>
    public abstract Recorded Limited { get; }

    /// <summary>How long it asks for.</summary>
    public abstract TimeSpan Pause { get; }

    /// <summary>The call that takes access back; null where the platform has none.</summary>
    public abstract Recorded? Revoke { get; }

    /// <summary>The form it carries.</summary>
    public virtual Dictionary<string, string> RevokeForm => [];
}

/// <summary>What a platform documents to whose page people go to sign in.</summary>
public abstract class SignInAnswers : PlatformAnswers
{
    /// <summary>Where people sign in, without the query.</summary>
    public abstract string AuthorizeAddress { get; }

    public abstract string ClientId { get; }

    /// <summary>What is asked for, as one parameter; null where the platform has no scopes.</summary>
    public abstract string? Scope { get; }

    /// <summary>Whether the platform documents PKCE.</summary>
    public virtual bool HasChallenge => false;

    /// <summary>All calls of a sign-in in their order, the exchange first.</summary>
    public abstract IReadOnlyList<Recorded> SignIn { get; }

    /// <summary>What was granted, as it is kept.</summary>
    public abstract string? Granted { get; }

    /// <summary>Answers of people who granted less than is needed; each replaces one of <see cref="SignIn"/>.</summary>
    public abstract IReadOnlyList<Recorded> Partial { get; }

    /// <summary>Answers that name a place for tokens that is not the platform's; each replaces one of <see cref="SignIn"/>.</summary>
    public virtual IReadOnlyList<Recorded> Foreign => [];

    /// <summary>The calls that renew, in their order, without a new refresh token; empty where the platform does not renew.</summary>
    public abstract IReadOnlyList<Recorded> Refresh { get; }

    /// <summary>What is held afterwards.</summary>
    public abstract PlatformCredentials? Renewed { get; }

    /// <summary>The answer with a new refresh token, <c>rotated</c>; null where the platform has no refresh tokens.</summary>
    public virtual Recorded? Rotated => null;

    /// <summary>The answer to a renewal that is refused for good.</summary>
    public abstract (HttpStatusCode Status, string Body) RefusedRefresh { get; }

    /// <summary>The call that checks the registration.</summary>
    public abstract Recorded SetupCheck { get; }

    /// <summary>What its answers mean.</summary>
    public abstract TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts { get; }

    /// <summary>The parameters of the exchange, beyond those that every platform's has.</summary>
    public virtual Dictionary<string, string> ExchangeForm => new() { ["grant_type"] = "authorization_code" };
}
