using Microsoft.Extensions.Options;

namespace OnboardingPortal.Sandbox;

/// <summary>How a call goes wrong before it is even looked at.</summary>
public enum Disturbance
{
    None,
    ServerError,
    RateLimited,
    Nonsense,
    AccountClosed,
}

/// <summary>Makes the platform misbehave for the people who show that, and for anybody who was told to on the sandbox's own page.</summary>
public sealed class SandboxDisturbances(SandboxTokens tokens, IOptions<SandboxOptions> options, TimeProvider clock)
{
    /// <summary>What a body looks like that was cut off on its way.</summary>
    public const string NonsenseBody = """{"data":[{"id":"17""";

    /// <summary>Takes its time for somebody who shows slowness; no time at all for the others.</summary>
    public async Task<Disturbance> ForAsync(SandboxPerson person, CancellationToken cancellationToken)
    {
        await DelayAsync(person, cancellationToken);
        if (tokens.TakeFailure(person))
            return Disturbance.ServerError;
        return person.Behaviour switch
        {
            SandboxBehaviour.AnswersServerError => Disturbance.ServerError,
            SandboxBehaviour.AnswersRateLimited => Disturbance.RateLimited,
            SandboxBehaviour.AnswersNonsense => Disturbance.Nonsense,
            SandboxBehaviour.AccountClosed => Disturbance.AccountClosed,
            _ => Disturbance.None,
        };
    }

    /// <summary>Only the slowness: for the exchange of a code, so that the other faults show where they can be told apart.</summary>
    public Task DelayAsync(SandboxPerson person, CancellationToken cancellationToken) =>
        person.Behaviour == SandboxBehaviour.AnswersSlowly
            ? Task.Delay(options.Value.SlowAnswer, clock, cancellationToken)
            : Task.CompletedTask;
}
