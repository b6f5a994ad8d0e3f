namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>Throws that follow from a seed and a number, the same each time.</summary>
/// <remarks>SplitMix64: https://prng.di.unimi.it/splitmix64.c</remarks>
internal struct ContactDice(ulong seed, int number)
{
    private ulong _state = seed + (0x9E3779B97F4A7C15 * (ulong)(number + 1));

    /// <summary>A number from 0 to less than <paramref name="sides"/>.</summary>
    public int Next(int sides)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> several) => several[Next(several.Count)];

    /// <summary>Whether something that so many of a thousand are is thrown.</summary>
    public bool Hits(int ofThousand) => Next(1000) < ofThousand;

    /// <summary>Puts a digit in the place of each <c>#</c>; one from 2 to 9 in that of the first.</summary>
    public string Digits(string pattern)
    {
        Span<char> text = stackalloc char[pattern.Length];
        var isFirst = true;
        for (var i = 0; i < pattern.Length; i++)
        {
            text[i] = pattern[i];
            if (pattern[i] != '#') continue;
            text[i] = (char)('0' + (isFirst ? 2 + Next(8) : Next(10)));
            isFirst = false;
        }

        return new string(text);
    }
}
