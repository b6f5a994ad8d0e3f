using System.Text.Json;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>
/// Who is in an audience, for tests that compare it with a list. Facebook tells nobody, hence no address leads here.
/// </summary>
public sealed class AudienceMembers
{
    private readonly AudienceStore _store;

    internal AudienceMembers(AudienceStore store) => _store = store;

    /// <summary>The audiences of an ad account, by name and id.</summary>
    /// <remarks><c>adAccount</c>: <c>act_…</c>.</remarks>
    public IReadOnlyList<(string Id, string Name)> Audiences(string adAccount) => [.. _store.List(adAccount).Select(a => (a.Id, a.Name))];

    /// <summary>How many people are in it; 0 when there is no such audience.</summary>
    public int Count(string audience) => _store.Find(audience) is { } found ? _store.Locked(() => _store.PeopleOf(found).Count) : 0;

    /// <summary>Everybody in it, sorted; empty when there is no such audience.</summary>
    public IReadOnlyList<UInt128> Of(string audience) =>
        _store.Find(audience) is { } found ? _store.Locked(() => _store.PeopleOf(found).All.ToList()) : [];

    /// <summary>Who rows mean, as <see cref="Of"/> names them, in their order; rows that cannot be used are left out.</summary>
    /// <remarks>
    /// <c>schema</c>: Facebook's names of the keys.<br/>
    /// <c>rows</c>: A value for each key, hashed as it is sent.
    /// </remarks>
    public static IReadOnlyList<UInt128> KeysOf(IReadOnlyList<string> schema, IEnumerable<IReadOnlyList<string>> rows)
    {
        var keys = new List<UInt128>();
        foreach (var chunk in rows.Chunk(AudienceRows.Max))
        {
            using var read = AudienceRows.Read(JsonSerializer.SerializeToUtf8Bytes(new { schema, data = chunk }), out var problem)
                ?? throw new ArgumentException(problem, nameof(rows));
            foreach (var entry in read.Entries)
                keys.Add(entry.Person);
        }

        return keys;
    }
}
