namespace OnboardingPortal.Core.Platforms;

/// <summary>What was typed as the address of an account is not one of the platform's.</summary>
/// <param name="Platform">Which platform.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record PlatformAddressRefused(PlatformKey Platform, AddressProblem Reason) : PortalError
{
    /// <inheritdoc />
    public override string TextKey => $"{nameof(PlatformAddressRefused)}{Reason}";

    /// <summary>The platform's key stands for <c>{0}</c>.</summary>
    public override IReadOnlyList<object> Arguments => [Platform.Value];
}

/// <summary>The platform does not accept the key that was typed.</summary>
/// <param name="Platform">Which platform.</param>
public sealed record PlatformKeyRefused(PlatformKey Platform) : PortalError
{
    /// <summary>The platform's key stands for <c>{0}</c>.</summary>
    public override IReadOnlyList<object> Arguments => [Platform.Value];
}

/// <summary>Why an address of an account is refused.</summary>
public enum AddressProblem
{
    /// <summary>It is no address at all, or has parts that do not belong there: a name, a password, a port, a path.</summary>
    Malformed,

    /// <summary>It does not start with <c>https://</c>.</summary>
    NotHttps,

    /// <summary>It is not an address of the platform.</summary>
    Elsewhere,
}

/// <summary>What was typed as the place to sign in at is not one of the platform's.</summary>
/// <param name="Platform">Which platform.</param>
public sealed record LoginHostRefused(PlatformKey Platform) : PortalError
{
    /// <summary>The platform's key stands for <c>{0}</c>.</summary>
    public override IReadOnlyList<object> Arguments => [Platform.Value];
}
