using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OnboardingPortal.Core.Data;

internal sealed class IdConverter<T>() : ValueConverter<T, long>(id => id.Value, value => From(value))
    where T : struct, IId<T>
{
    // An expression tree cannot call a static abstract member itself.
    private static T From(long value) => T.From(value);
}

internal sealed class PlatformKeyConverter() : ValueConverter<PlatformKey, string>(key => key.Value, value => new PlatformKey(value));

internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    value => value.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
