namespace OnboardingPortal.Core.Connections;

/// <summary>Whether a connected account can be used. Stored by name.</summary>
public enum ConnectionState
{
    /// <summary>The platform accepts its credentials.</summary>
    Active,

    /// <summary>The platform refuses its credentials: somebody must sign in again.</summary>
    ReconnectNeeded,

    /// <summary>Taken back; its credentials are erased.</summary>
    Removed,
}
