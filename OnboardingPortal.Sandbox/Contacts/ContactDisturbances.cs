using System.Collections.Concurrent;

namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>How the reading of a list goes wrong.</summary>
public enum ContactDisturbance
{
    None,
    ListGone,
    AccessEnds,
    QuotaEnds,
}

/// <summary>Makes the reading of a list end before its end, for the people who show that.</summary>
public sealed class ContactDisturbances(SandboxTokens tokens, TimeProvider clock)
{
    private const int CallsAMinute = 3;
    private readonly ConcurrentDictionary<(SandboxPerson Person, long Window), int> _calls = new();
    private readonly ConcurrentDictionary<SandboxPerson, bool> _gone = new();

    /// <summary>What happens to a call for some people of a list.</summary>
    /// <param name="person">Whose list it is.</param>
    /// <param name="isFirst">Whether it asks for the first page.</param>
    public ContactDisturbance For(SandboxPerson person, bool isFirst)
    {
        switch (person.Behaviour)
        {
            case SandboxBehaviour.ListGoesWhileRead when !isFirst:
                _gone[person] = true;
                return ContactDisturbance.ListGone;
            case SandboxBehaviour.TokenDiesWhileRead when !isFirst:
                tokens.RevokeAll(person.Platform, person.Key);
                return ContactDisturbance.AccessEnds;
            case SandboxBehaviour.QuotaWhileRead when Count(person, TimeSpan.FromMinutes(1)) > CallsAMinute:
                return ContactDisturbance.QuotaEnds;
            default:
                return ContactDisturbance.None;
        }
    }

    /// <summary>Whether a list went away while it was read. It is back as soon as somebody was told.</summary>
    public bool TakeGone(SandboxPerson person) => _gone.TryRemove(person, out _);

    /// <summary>How long until calls are counted anew; whole seconds, at least one.</summary>
    public int SecondsLeft(TimeSpan window) =>
        (int)Math.Ceiling((window.Ticks - (clock.GetUtcNow().Ticks % window.Ticks)) / (double)TimeSpan.TicksPerSecond);

    /// <summary>Counts a call.</summary>
    /// <returns>How many there were in this window of time, with this one.</returns>
    public int Count(SandboxPerson person, TimeSpan window)
    {
        var now = clock.GetUtcNow().Ticks / window.Ticks;
        foreach (var old in _calls.Keys.Where(k => k.Person == person && k.Window != now)) _calls.TryRemove(old, out _);
        return _calls.AddOrUpdate((person, now), 1, (_, count) => count + 1);
    }
}
