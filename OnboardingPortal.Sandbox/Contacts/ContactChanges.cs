namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>
/// What happens to the contacts of an account when one in a hundred changes. It is the same in every thousand of them, so that anybody's
/// place in a list is found by counting: three have left, two are changed, one has opted out. Five newcomers stand at the end.
/// </summary>
internal static class ContactChanges
{
    private const int Block = 1000;
    private const int Changed = 3;
    private const int ChangedToo = 801;
    private const int NewlyOut = 5;
    private static readonly int[] Gone = [7, 211, 640]; // numbers within a block, from 0, ascending

    public static bool Leaves(int number) => Array.IndexOf(Gone, (number - 1) % Block) >= 0;

    public static bool Changes(int number) => (number - 1) % Block is Changed or ChangedToo;

    public static bool OptsOut(int number) => (number - 1) % Block == NewlyOut;

    /// <summary>How many join a list of that size.</summary>
    public static int Newcomers(int size) => size == 0 ? 0 : Math.Max(1, size / 200);

    /// <summary>How many of the first so many are still there.</summary>
    public static int Staying(int first) => first - (first / Block * Gone.Length) - Gone.Count(g => g < first % Block);

    /// <summary>The number of whoever stands at a place, from 0, once the others have left.</summary>
    public static int NumberAt(int place)
    {
        var left = Block - Gone.Length;
        var within = place % left;
        foreach (var gone in Gone)
        {
            if (gone <= within) within++;
        }

        return (place / left * Block) + within + 1;
    }
}
