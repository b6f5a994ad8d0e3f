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

    /// <summary>
    /// Somebody pressed <c>Grant Permission Now</c>; the detail is the address of the recipient whose own link it was, null = the
    /// request's.
    /// </summary>
    LinkOpened,

    /// <summary>
    /// Somebody said who they are and saw the wizard; the detail is the address of the recipient whose own link they came by, null = the
    /// request's.
    /// </summary>
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

    /// <summary>
    /// The client does not connect a platform: they do not use it (no detail), or may not grant access (the detail says why, empty = they
    /// said no more).
    /// </summary>
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

    /// <summary>A main user changed the collaboration settings; the detail is the names of those that changed.</summary>
    SettingsChanged,

    /// <summary>The agency and its first main user were set up.</summary>
    AgencyCreated,

    /// <summary>An agency user signed in.</summary>
    UserSignedIn,

    /// <summary>A sign-in with a wrong password; the account may be locked.</summary>
    UserSignInRefused,

    /// <summary>An agency user signed out.</summary>
    UserSignedOut,

    /// <summary>A main user invited somebody; the detail is their address.</summary>
    UserInvited,

    /// <summary>A main user sent an invitation again; the detail is the address.</summary>
    InvitationResent,

    /// <summary>A main user took an invitation back; the detail is the address.</summary>
    InvitationCancelled,

    /// <summary>Somebody accepted an invitation; the detail is their address.</summary>
    UserJoined,

    /// <summary>A main user changed a role; the detail is the user's name and new role.</summary>
    UserRoleChanged,

    /// <summary>A main user disabled a user; the detail is their name.</summary>
    UserDisabled,

    /// <summary>A main user let a disabled user in again; the detail is their name.</summary>
    UserEnabled,

    /// <summary>A main user removed a user; the detail is their name.</summary>
    UserRemoved,

    /// <summary>A user's requests were handed over; the detail is from whom to whom.</summary>
    RequestsHandedOver,

    /// <summary>The owner made another main user the owner; the detail is their name.</summary>
    OwnershipHandedOver,

    /// <summary>A user changed their own profile.</summary>
    ProfileChanged,

    /// <summary>A user changed their password.</summary>
    PasswordChanged,

    /// <summary>Somebody asked for a new password for a user.</summary>
    PasswordResetAsked,

    /// <summary>A user set a new password by mail.</summary>
    PasswordReset,

    /// <summary>A user set up an authenticator app.</summary>
    TwoFactorOn,

    /// <summary>A user removed their authenticator app.</summary>
    TwoFactorOff,

    /// <summary>A main user took away what a user who lost it signed in with; the detail is their name.</summary>
    TwoFactorReset,

    /// <summary>A user made new recovery codes.</summary>
    RecoveryCodesMade,

    /// <summary>A user signed in with a recovery code.</summary>
    RecoveryCodeUsed,

    /// <summary>A user added a passkey; the detail is its name.</summary>
    PasskeyAdded,

    /// <summary>A user removed a passkey; the detail is its name.</summary>
    PasskeyRemoved,

    /// <summary>A user gave a passkey another name; the detail is the new one.</summary>
    PasskeyRenamed,

    /// <summary>A user signed out elsewhere.</summary>
    SessionsEnded,

    /// <summary>A main user made a second factor necessary for all.</summary>
    TwoFactorRequired,

    /// <summary>A main user left a second factor to each user.</summary>
    TwoFactorOptional,

    /// <summary>A main user changed the white label; the detail is the names of the fields that changed.</summary>
    BrandingChanged,

    /// <summary>A main user saved a template; the detail is its name.</summary>
    TemplateSaved,

    /// <summary>A main user chose the template that new requests start with; the detail is its name.</summary>
    TemplateMadeDefault,

    /// <summary>New requests start with no template any more; the detail is the name of the one they started with.</summary>
    TemplateNoLongerDefault,

    /// <summary>A main user deleted a template; the detail is its name.</summary>
    TemplateDeleted,

    /// <summary>A main user sent themselves a test mail.</summary>
    TestMailSent,

    /// <summary>A main user exported the audit trail; the detail is the format.</summary>
    AuditExported,

    /// <summary>The recipient's mail server took the mail; the detail is the recipient's address.</summary>
    EmailDelivered,

    /// <summary>The recipient's mail server asked to try again later; the detail is the address.</summary>
    EmailDeferred,

    /// <summary>The recipient's mail server refused the mail for good; the detail is the address.</summary>
    EmailBounced,

    /// <summary>The mail service did not send the mail; the detail is the address.</summary>
    EmailDropped,

    /// <summary>The recipient marked the mail as spam; the detail is the address.</summary>
    EmailMarkedSpam,

    /// <summary>A main user had a given-up mail sent again; the detail is the address.</summary>
    EmailRetried,

    /// <summary>
    /// An agency user changed message, services or Business Manager; the detail is a <see cref="Requests.RequestDifference"/>.
    /// </summary>
    RequestChanged,

    /// <summary>A recipient wants no reminders; the detail is the address.</summary>
    RemindersStopped,

    /// <summary>A participant asked the requester something; the detail is the beginning of it.</summary>
    QuestionAsked,

    /// <summary>Somebody of the agency said that a question is answered; the detail is the beginning of it.</summary>
    QuestionAnswered,

    /// <summary>A participant did their part and leaves the rest to others.</summary>
    PartDone,

    /// <summary>A participant who had left the rest to others goes on after all.</summary>
    PartResumed,

    /// <summary>Requests were sent from a CSV file; the detail is how many.</summary>
    ImportSent,

    /// <summary>A main user made a key to the API; the detail is its name.</summary>
    ApiKeyCreated,

    /// <summary>A main user revoked a key to the API; the detail is its name.</summary>
    ApiKeyRevoked,

    /// <summary>A main user added a webhook; the detail is its address.</summary>
    WebhookAdded,

    /// <summary>A main user changed a webhook or its secret; the detail is its address.</summary>
    WebhookChanged,

    /// <summary>A main user removed a webhook; the detail is its address.</summary>
    WebhookRemoved,

    /// <summary>The portal switched a webhook off that no longer answers; the detail is its address.</summary>
    WebhookGivenUp,

    /// <summary>A recipient wants reminders after all; the detail is the address.</summary>
    RemindersWanted,

    /// <summary>An agency user renewed a link whose time had run out.</summary>
    LinkRenewed,

    /// <summary>A participant left for a platform's sign-in page, or sent a key for it.</summary>
    SignInStarted,

    /// <summary>
    /// The portal found the audit trail changed from outside and goes on from here; the detail is an <see cref="AuditFinding"/>.
    /// </summary>
    ChainBroken,

    /// <summary>
    /// How many entries are older than the chain, sealed once when the portal was brought up to date; the detail is their number.
    /// </summary>
    OlderEntriesCounted,

    /// <summary>
    /// An agency user made a new link; the one before and those who came in by it are out. The detail is the address of the recipient whose
    /// own link it is; null = all links of the request.
    /// </summary>
    LinkReplaced,

    /// <summary>An agency user drafted a campaign, and it stands at Facebook; the detail is its name.</summary>
    CampaignDrafted,

    /// <summary>Somebody started a draft in Ads Manager; the detail is its name.</summary>
    CampaignStarted,

    /// <summary>Somebody paused a draft again that had been started; the detail is its name.</summary>
    CampaignPausedAgain,

    /// <summary>Somebody deleted a draft at Facebook; the detail is its name.</summary>
    CampaignGone,

    /// <summary>An agency user deleted a draft, also at Facebook; the detail is its name.</summary>
    CampaignDeleted,

    /// <summary>A client asked something about a draft; the detail is the draft's name.</summary>
    CampaignQuestionAsked,

    /// <summary>A main user changed the rule for the names of campaigns; the detail is the rule.</summary>
    CampaignNamingChanged,

    /// <summary>An agency user set a data sync up; the detail is the list's name.</summary>
    SyncCreated,

    /// <summary>An agency user changed, paused or resumed a data sync; the detail is the list's name.</summary>
    SyncChanged,

    /// <summary>An agency user let a data sync run for the first time, or once more; the detail is the list's name.</summary>
    SyncStarted,

    /// <summary>A run of a data sync has ended well; the detail is the list's name.</summary>
    SyncCompleted,

    /// <summary>A data sync has failed; the detail is the list's name.</summary>
    SyncFailed,

    /// <summary>An agency user deleted a data sync; the detail is the list's name.</summary>
    SyncDeleted,

    /// <summary>Facebook says that the audience of a data sync can be used; the detail is the list's name.</summary>
    AudienceReady,
}
