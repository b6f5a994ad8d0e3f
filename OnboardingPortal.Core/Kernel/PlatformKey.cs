namespace OnboardingPortal.Core.Kernel;

/// <summary>A platform's stable name in the database and in addresses, e.g. <c>facebook</c>.</summary>
/// <param name="Value">1 to 20 lower-case ASCII letters.</param>
public readonly record struct PlatformKey(string Value)
{
    /// <summary>The most characters a key has.</summary>
    public const int MaxLength = 20;

    /// <inheritdoc />
    public override string ToString() => Value;
}
