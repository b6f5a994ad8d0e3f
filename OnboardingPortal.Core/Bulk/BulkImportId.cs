namespace OnboardingPortal.Core.Bulk;

/// <summary>A list of requests read from a CSV file.</summary>
/// <param name="Value">The number in the database and in addresses; 0 never names a row.</param>
public readonly record struct BulkImportId(long Value) : IId<BulkImportId>
{
    /// <summary>A new id, larger than those made before.</summary>
    public static BulkImportId New(TimeProvider clock) => new(TimeOrderedId.Next(clock));

    /// <inheritdoc />
    public static BulkImportId From(long value) => new(value);

    /// <summary>The bare number, as addresses carry it.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
