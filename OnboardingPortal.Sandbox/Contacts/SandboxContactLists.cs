using Microsoft.Extensions.Options;

namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>The lists of test people's accounts, as they are now.</summary>
public sealed class SandboxContactLists(SandboxState state, IOptions<SandboxOptions> options)
{
    private static readonly (string Name, int Size)[] Well =
        [("Regular customers", 12), ("Newsletter", 250), ("All customers", 5000), ("Diabetes newsletter", 40)];

    private static readonly (string Name, int Size)[] Long = [("Newsletter", 2500)];
    private static readonly (string Name, int Size)[] Few = [("Newsletter", 40), ("Regular customers", 12)];

    /// <summary>The lists of somebody's account, in the order of their numbers.</summary>
    public IReadOnlyList<SandboxContactList> Of(SandboxPerson person)
    {
        var (seed, isLater) = (SeedOf(person), IsLater(person));
        var isEmptied = isLater && person.Behaviour == SandboxBehaviour.EmptiesLists;
        var lists = RolesOf(person)
            .Select((l, index) => new SandboxContactList(index + 1, l.Name, isEmptied ? 0 : l.Size, seed, isLater)).ToList();
        if (lists.Count > 0 && options.Value.Contacts > 0)
            lists.Add(SandboxContactList.OfSize(Math.Min(options.Value.Contacts, SandboxContactList.MaxSize), seed, isLater));
        return lists;
    }

    /// <summary>A list by its number; one of any size by a number that carries it. Null when the account has no such list.</summary>
    public SandboxContactList? Find(SandboxPerson person, long number) =>
        Of(person) is not { Count: > 0 } lists ? null
        : SandboxContactList.SizeOf(number) is { } size ? SandboxContactList.OfSize(size, SeedOf(person), IsLater(person))
        : lists.FirstOrDefault(l => l.Number == number);

    /// <summary>A list by its key; one of any size by a key that carries it. Null when the account has no such list.</summary>
    public SandboxContactList? Find(SandboxPerson person, string key) =>
        Of(person) is not { Count: > 0 } lists ? null
        : SandboxContactList.SizeOf(key) is { } size ? SandboxContactList.OfSize(size, SeedOf(person), IsLater(person))
        : lists.FirstOrDefault(l => l.Key == key);

    /// <summary>A contact of somebody's account by its number, whatever list it is in; null when it has left.</summary>
    public SandboxContact? FindContact(SandboxPerson person, int number) =>
        SandboxContactList.OfSize(SandboxContactList.MaxSize, SeedOf(person), IsLater(person)).Find(number);

    /// <summary>Changes one in a hundred of the contacts, or all of them back.</summary>
    public void Change(string platform, string person) => state.Change(data =>
    {
        var key = $"{platform}/{person}";
        if (!data.ChangedContacts.Remove(key)) data.ChangedContacts.Add(key);
    });

    /// <summary>Whether one in a hundred has changed.</summary>
    public bool IsLater(SandboxPerson person) =>
        state.Read(data => data.ChangedContacts.Contains($"{person.Platform}/{person.Key}"));

    private static ulong SeedOf(SandboxPerson person) => SandboxContacts.SeedOf($"{person.Platform}/{person.Key}");

    private static (string Name, int Size)[] RolesOf(SandboxPerson person) => person.Behaviour switch
    {
        SandboxBehaviour.HasNoLists => [],
        SandboxBehaviour.ListGoesWhileRead or SandboxBehaviour.TokenDiesWhileRead or SandboxBehaviour.QuotaWhileRead
            or SandboxBehaviour.CountsCallsASecond => Long,
        _ => person.Key == "all-well" ? Well : Few,
    };
}
