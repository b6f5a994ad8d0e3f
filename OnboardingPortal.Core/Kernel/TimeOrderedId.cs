using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// Makes ids whose order is the order of their making, so that the primary key is also the keyset of every list and the row id
/// of SQLite's full-text index: 43 bits of milliseconds since 2024, 20 random bits.
/// </summary>
public static class TimeOrderedId
{
    private const long Epoch = 1_704_067_200_000;
    private const int RandomBits = 20;
    private static readonly ConditionalWeakTable<TimeProvider, StrongBox<long>> LastOf = [];

    /// <summary>The smallest id of a moment: ids made before it are smaller, ids made from it on are not.</summary>
    public static long First(DateTimeOffset at) => Math.Max(0, at.ToUnixTimeMilliseconds() - Epoch) << RandomBits;

    /// <summary>The next id: larger than every one made before with this clock, even when the clock stands still or goes back.</summary>
    public static long Next(TimeProvider clock)
    {
        var random = RandomNumberGenerator.GetInt32(1 << RandomBits);
        var candidate = ((clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << RandomBits) | (uint)random;
        var lastMade = LastOf.GetOrCreateValue(clock);
        while (true)
        {
            var last = Volatile.Read(ref lastMade.Value);
            var next = candidate > last ? candidate : last + 1 + (random & 0xFF);
            if (Interlocked.CompareExchange(ref lastMade.Value, next, last) == last) return next;
        }
    }
}
