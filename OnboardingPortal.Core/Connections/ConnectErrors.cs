namespace OnboardingPortal.Core.Connections;

/// <summary>The platform is not registered, or the portal is not registered there.</summary>
/// <param name="Platform">The platform.</param>
public sealed record PlatformUnavailable(PlatformKey Platform) : PortalError
{
    /// <summary><c>{0}</c>: the platform's key.</summary>
    public override IReadOnlyList<object> Arguments => [Platform.Value];
}

/// <summary>The way to the platform was not begun here, has ended, or belongs to another browser.</summary>
public sealed record ConnectAttemptUnknown : PortalError;

/// <summary>The way to the platform has been finished before: the page was reloaded, or somebody went back.</summary>
/// <param name="Attempt">Where it led.</param>
public sealed record ConnectAttemptUsed(ConnectAttempt Attempt) : PortalError;

/// <summary>No such account in the caller's request.</summary>
public sealed record ConnectionNotFound : PortalError;
