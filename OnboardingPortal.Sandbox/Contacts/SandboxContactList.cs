using System.Globalization;

namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>A list of the contacts of an account: its first so many. Any place in it is found at once, however big it is.</summary>
/// <param name="Number">From 1; of a list that was made to measure, see <see cref="OfSize"/>.</param>
/// <param name="Name">What the client calls it.</param>
/// <param name="Size">How many contacts it has before one in a hundred changes.</param>
/// <param name="Seed">The account's.</param>
/// <param name="IsLater">Whether one in a hundred has changed.</param>
public sealed record SandboxContactList(long Number, string Name, int Size, ulong Seed, bool IsLater)
{
    /// <summary>The biggest list that can be made to measure.</summary>
    public const int MaxSize = 100_000_000;

    private const long Measured = 9_000_000_000;
    private const string Big = "big-";

    /// <summary>Names the list within the account: <c>newsletter</c>, or <c>big-1000000</c>.</summary>
    public string Key => Number >= Measured ? $"{Big}{Size.ToString(CultureInfo.InvariantCulture)}" : SandboxPerson.KeyOf(Name);

    /// <summary>How many contacts it has, in every state.</summary>
    public int Count => IsLater ? ContactChanges.Staying(Last) : Size;

    /// <summary>The highest number of a contact in it.</summary>
    private int Last => IsLater ? Size + ContactChanges.Newcomers(Size) : Size;

    /// <summary>A list of a size that somebody wants; its number and its key carry the size.</summary>
    public static SandboxContactList OfSize(int size, ulong seed, bool isLater) =>
        new(Measured + size, string.Create(CultureInfo.InvariantCulture, $"Everybody ({size:N0})"), size, seed, isLater);

    /// <summary>The size that the number of a list carries; null when it carries none.</summary>
    public static int? SizeOf(long number) => number - Measured is > 0 and <= MaxSize and var size ? (int)size : null;

    /// <summary>The size that the key of a list carries; null when it carries none.</summary>
    public static int? SizeOf(string key) =>
        key.StartsWith(Big, StringComparison.Ordinal)
        && int.TryParse(key.AsSpan(Big.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= MaxSize
            ? size
            : null;

    /// <summary>Whether a contact is in it.</summary>
    public bool Has(int number) => number >= 1 && number <= Last && !(IsLater && ContactChanges.Leaves(number));

    /// <summary>The contact of that number; null when it is not in the list.</summary>
    public SandboxContact? Find(int number) => Has(number) ? SandboxContacts.Of(Seed, number, IsLater) : null;

    /// <summary>The contacts from a place on, ascending by their numbers.</summary>
    /// <param name="place">From 0.</param>
    public IEnumerable<SandboxContact> From(int place) => NumbersFrom(place).Select(n => SandboxContacts.Of(Seed, n, IsLater));

    /// <summary>The contacts whose numbers are higher than that one, ascending.</summary>
    public IEnumerable<SandboxContact> After(int number) => NumbersAfter(number).Select(n => SandboxContacts.Of(Seed, n, IsLater));

    /// <summary>The contacts in certain states, ascending by their numbers.</summary>
    /// <param name="states">Which states.</param>
    /// <param name="after">The number that theirs are higher than.</param>
    /// <param name="skip">How many of them to leave out.</param>
    public IEnumerable<SandboxContact> In(IReadOnlyList<ContactState> states, int after = 0, int skip = 0) =>
        NumbersIn(states, after, skip).Select(n => SandboxContacts.Of(Seed, n, IsLater));

    /// <summary>How many contacts are in certain states.</summary>
    /// <param name="states">Which states.</param>
    /// <param name="after">The number that theirs are higher than.</param>
    public int CountIn(IReadOnlyList<ContactState> states, int after = 0)
    {
        var (found, wanted, count) = (0, WordFor(states), Count);
        for (var at = PlaceBehind(after); at < count; at++)
        {
            if (IsIn(wanted, NumberAt(at))) found++;
        }

        return found;
    }

    /// <summary>The numbers of the contacts that are higher than that one, ascending.</summary>
    public IEnumerable<int> NumbersAfter(int number) => NumbersFrom(PlaceBehind(number));

    // Plain loops: in a list of a million, most are passed over at each page.
    private IEnumerable<int> NumbersIn(IReadOnlyList<ContactState> states, int after, int skip)
    {
        var (wanted, count) = (WordFor(states), Count);
        for (var at = PlaceBehind(after); at < count; at++)
        {
            var number = NumberAt(at);
            if (IsIn(wanted, number) && skip-- <= 0) yield return number;
        }
    }

    private IEnumerable<int> NumbersFrom(int place)
    {
        var count = Count;
        for (var at = Math.Max(0, place); at < count; at++) yield return NumberAt(at);
    }

    private int NumberAt(int place) => IsLater ? ContactChanges.NumberAt(place) : place + 1;

    private int PlaceBehind(int number) => IsLater ? ContactChanges.Staying(Math.Clamp(number, 0, Last)) : Math.Max(0, number);

    private bool IsIn(int wanted, int number) => ((wanted >> (int)SandboxContacts.StateOf(Seed, number, IsLater)) & 1) == 1;

    private static int WordFor(IReadOnlyList<ContactState> states) => states.Aggregate(0, (word, state) => word | (1 << (int)state));
}
