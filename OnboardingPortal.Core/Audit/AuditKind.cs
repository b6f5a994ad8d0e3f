namespace OnboardingPortal.Core.Audit;

/// <summary>What an <see cref="AuditEvent"/> tells. Stored by name: members may be added, never renamed.</summary>
public enum AuditKind
{
    /// <summary>An agency user saved a new request.</summary>
    RequestCreated,

    /// <summary>The request's mail was queued; the detail is the recipient's address.</summary>
    RequestSent,

    /// <summary>The mail server took the mail; the detail is the recipient's address.</summary>
    EmailSent,

    /// <summary>A mail was given up after its last attempt; the detail is the recipient's address.</summary>
    EmailFailed,

    /// <summary>An agency user copied the link.</summary>
    LinkCopied,

    /// <summary>Somebody pressed <c>Grant Permission Now</c>.</summary>
    LinkOpened,

    /// <summary>Somebody said who they are and saw the wizard.</summary>
    RequestViewed,

    /// <summary>A participant came back signed in; the detail is the account's name.</summary>
    SignedIn,

    /// <summary>A participant came back without granting; the detail is the reason's name.</summary>
    SignInFailed,

    /// <summary>A participant removed an account again; the detail is its name.</summary>
    AccountRemoved,

    /// <summary>The agency connected an account of its own; the detail is its name.</summary>
    AccountConnected,

    /// <summary>A platform no longer accepts an account's credentials; the detail is the account's name.</summary>
    AccountLost,

    /// <summary>The platform accepts them again; the detail is the account's name.</summary>
    AccountMended,

    /// <summary>A platform is not used by the client.</summary>
    PlatformDeclined,

    /// <summary>The client does use the platform after all.</summary>
    PlatformReclaimed,

    /// <summary>The agency has access to an asset, checked with its own account; the detail is the asset's name.</summary>
    AssetShared,

    /// <summary>Sharing waits for somebody; the detail is the asset's name.</summary>
    AssetWaiting,

    /// <summary>Sharing an asset failed; the detail is the asset's name.</summary>
    AssetFailed,

    /// <summary>A participant completed the request.</summary>
    RequestCompleted,

    /// <summary>The link's time ran out.</summary>
    RequestExpired,

    /// <summary>An agency user deleted the request.</summary>
    RequestDeleted,

    /// <summary>Somebody with a dead link asked for a new one.</summary>
    NewLinkAsked,

    /// <summary>The agency connected a Facebook user; the detail is their name.</summary>
    FacebookUserConnected,

    /// <summary>The agency removed a Facebook user; the detail is their name.</summary>
    FacebookUserRemoved,

    /// <summary>A main user changed the collaboration settings.</summary>
    SettingsChanged,

    /// <summary>The agency and its first main user were set up.</summary>
    AgencyCreated,

    /// <summary>An agency user signed in.</summary>
    UserSignedIn,

    /// <summary>A sign-in with a wrong password; the account may be locked.</summary>
    UserSignInRefused,

    /// <summary>An agency user signed out.</summary>
    UserSignedOut,
}
