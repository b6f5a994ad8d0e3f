namespace OnboardingPortal.Core.Platforms;

/// <summary>How far the sharing of one asset is. Stored by name.</summary>
public enum AssetState
{
    /// <summary>Chosen by the client; not yet shared.</summary>
    Selected,

    /// <summary>The platform took the share; the agency's own account does not see it yet.</summary>
    AwaitingVerification,

    /// <summary>The agency's own account sees it.</summary>
    Shared,

    /// <summary>The platform took the share, but a second admin of the client must approve it.</summary>
    AwaitingAdminApproval,

    /// <summary>The client must do something at the platform: approve a request, or give access by hand.</summary>
    AwaitingClient,

    /// <summary>The platform refused.</summary>
    Failed,

    /// <summary>Was shared; the agency's account does not see it any more.</summary>
    Lost,

    /// <summary>Taken back: it has been lost for <c>ConnectedAsset.LongestWait</c>, and nobody gave it again.</summary>
    Revoked,
}

/// <summary>Questions about an <see cref="AssetState"/>.</summary>
public static class AssetStates
{
    extension(AssetState state)
    {
        /// <summary>Whether it will change by itself: the portal keeps asking the platform.</summary>
        public bool IsWaiting => state is AssetState.AwaitingVerification or AssetState.AwaitingAdminApproval or AssetState.AwaitingClient;
    }
}
