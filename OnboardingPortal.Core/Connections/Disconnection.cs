namespace OnboardingPortal.Core.Connections;

/// <summary>How far an account was disconnected; its credentials are erased in every case.</summary>
public enum Disconnection
{
    /// <summary>The platform took the access back.</summary>
    AtThePlatformToo,

    /// <summary>The platform offers no way: the person takes the access back in their account there.</summary>
    PlatformHasNoWay,

    /// <summary>
    /// The platform could not be told; it is told again (<see cref="Revocations"/>), or the person takes the access back in their account
    /// there.
    /// </summary>
    PlatformNotReached,
}
