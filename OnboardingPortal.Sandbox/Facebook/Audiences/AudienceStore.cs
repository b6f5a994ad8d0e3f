using System.Globalization;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>
/// The custom audiences. What there is of them stands in <c>sandbox.json</c>, who is in them in files beside it: they outlive restarts.
/// </summary>
internal sealed class AudienceStore(SandboxState state, IOptions<SandboxOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AudiencePeople> _people = [];

    /// <summary>Does something while nobody else changes an audience.</summary>
    public T Locked<T>(Func<T> act)
    {
        lock (_lock)
            return act();
    }

    public FacebookAudience? Find(string? id) => Locked(() =>
    {
        if (state.Read(data => data.FacebookAudiences.Find(a => a.Id == id)) is not { } audience)
            return null;
        Settle(audience);
        return audience;
    });

    public IReadOnlyList<FacebookAudience> List(string adAccount) => Locked(() =>
    {
        var audiences = state.Read(data => data.FacebookAudiences.FindAll(a => a.AdAccount == adAccount));
        audiences.ForEach(Settle);
        return audiences;
    });

    public FacebookAudience Create(string adAccount, string name, string description) => state.Change(data =>
    {
        var now = clock.GetUtcNow();
        var audience = new FacebookAudience
        {
            Id = (23850000000000000 + ++data.FacebookAudiencesMade).ToString(CultureInfo.InvariantCulture),
            AdAccount = adAccount,
            Name = name,
            Description = description,
            CreatedAt = now,
            UpdatedAt = now,
        };
        data.FacebookAudiences.Add(audience);
        return audience;
    });

    public void Delete(FacebookAudience audience) => Locked(() =>
    {
        state.Change(data => data.FacebookAudiences.Remove(audience));
        Forget(audience, audience.Generation);
        if (audience.Replacement is { } replacement)
            Forget(audience, replacement.Generation);
        return true;
    });

    /// <summary>Changes what stands of an audience.</summary>
    public void Change(FacebookAudience audience, Action<FacebookAudience> change) => state.Change(_ =>
    {
        change(audience);
        audience.UpdatedAt = clock.GetUtcNow();
    });

    /// <summary>Who is in an audience, or in a replacement of it.</summary>
    public AudiencePeople PeopleOf(FacebookAudience audience, int generation)
    {
        var name = NameOf(audience, generation);
        if (_people.TryGetValue(name, out var people))
            return people;
        var folder = PrivateFiles.CreateDirectory(Path.Combine(state.Folder, "sandbox-audiences"));
        return _people[name] = new AudiencePeople(Path.Combine(folder, name));
    }

    public AudiencePeople PeopleOf(FacebookAudience audience) => PeopleOf(audience, audience.Generation);

    /// <summary>Begins to replace an audience's people; what a replacement before had got is forgotten.</summary>
    public void BeginReplacement(FacebookAudience audience, FacebookAudienceSession session)
    {
        var last = audience.Replacement?.Generation ?? audience.Generation;
        if (audience.Replacement is not null)
            Forget(audience, last);
        Change(audience, a => a.Replacement = new() { Session = session.Id, Generation = last + 1 });
        Forget(audience, last + 1); // of a portal that was killed here
    }

    /// <summary>What a replacement has got becomes all of the audience.</summary>
    public void EndReplacement(FacebookAudience audience, bool isFailed)
    {
        var (before, replacement) = (audience.Generation, audience.Replacement!);
        Change(audience, a =>
        {
            (a.Generation, a.Replacement, a.IsReplaceFailed) = (replacement.Generation, null, isFailed);
            if (a.Sessions.Find(s => s.Id == replacement.Session) is { } session)
                session.EndedAt ??= clock.GetUtcNow();
        });
        Forget(audience, before);
    }

    /// <summary>A replacement takes a while after its last batch, and ends by itself when that does not come.</summary>
    private void Settle(FacebookAudience audience)
    {
        if (audience.Replacement is not { } replacement)
            return;
        var now = clock.GetUtcNow();
        if (now >= replacement.CompletedAt + options.Value.ReplaceTakes)
            EndReplacement(audience, isFailed: false);
        else if (replacement.CompletedAt is null && audience.Sessions.Find(s => s.Id == replacement.Session)?.IsOver(now) is not false)
            EndReplacement(audience, isFailed: true);
    }

    private void Forget(FacebookAudience audience, int generation)
    {
        var name = NameOf(audience, generation);
        _people.Remove(name);
        File.Delete(Path.Combine(PrivateFiles.CreateDirectory(Path.Combine(state.Folder, "sandbox-audiences")), name));
    }

    private static string NameOf(FacebookAudience audience, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{audience.Id}-{generation}.people");
}
