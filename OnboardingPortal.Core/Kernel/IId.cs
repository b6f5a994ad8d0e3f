using Vogen;

[assembly: VogenDefaults(
    conversions: Conversions.None, toPrimitiveCasting: CastOperator.None, fromPrimitiveCasting: CastOperator.None,
    disableStackTraceRecordingInDebug: true, parsableForPrimitives: ParsableForPrimitives.GenerateNothing,
    tryFromGeneration: TryFromGeneration.Omit, isInitializedMethodGeneration: IsInitializedMethodGeneration.Omit,
    systemTextJsonConverterFactoryGeneration: SystemTextJsonConverterFactoryGeneration.Omit,
    primitiveEqualityGeneration: PrimitiveEqualityGeneration.Omit)]

namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// An id of one kind of row: a positive 63-bit number that rises with the time of its making. Vogen writes the rest of each id.
/// </summary>
/// <typeparam name="TSelf">The id itself, so that an agency's id never passes for a request's.</typeparam>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>The number stored in the database and shown in addresses.</summary>
    long Value { get; }

    /// <summary>Wraps a stored number; no check is made.</summary>
    static abstract TSelf From(long value);
}

/// <summary>What all ids have in common.</summary>
public static class Ids
{
    extension<TId>(TId)
        where TId : struct, IId<TId>
    {
        /// <summary>The id that no row has: its number is 0.</summary>
        public static TId None => TId.From(0);

        /// <summary>A new id, larger than those made before.</summary>
        public static TId New(TimeProvider clock) => TId.From(TimeOrderedId.Next(clock));

        /// <summary>Whether <paramref name="left"/> was made before <paramref name="right"/>.</summary>
        public static bool operator <(TId left, TId right) => left.Value < right.Value;

        /// <summary>Whether <paramref name="left"/> was made after <paramref name="right"/>.</summary>
        public static bool operator >(TId left, TId right) => left.Value > right.Value;
    }
}
