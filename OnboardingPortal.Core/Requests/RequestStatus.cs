namespace OnboardingPortal.Core.Requests;

/// <summary>Where a request stands. Stored by name.</summary>
public enum RequestStatus
{
    /// <summary>Saved, but nobody has the link yet.</summary>
    Draft,

    /// <summary>The link is out and alive.</summary>
    Pending,

    /// <summary>Somebody completed it; the link is dead for all others.</summary>
    Connected,

    /// <summary>The link's time ran out before anybody completed it.</summary>
    Expired,

    /// <summary>An agency user deleted it.</summary>
    Deleted,
}
