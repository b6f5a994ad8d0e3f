namespace OnboardingPortal.Core.Audit;

/// <summary>What an entry of the audit trail is about. Stored by name.</summary>
public enum AuditTopic
{
    /// <summary>Requests and their mails.</summary>
    Requests,

    /// <summary>Accounts and assets at platforms.</summary>
    Connections,

    /// <summary>Users, their roles and what protects their sign-ins.</summary>
    Users,

    /// <summary>Settings, white label, templates and the audit trail itself.</summary>
    Settings,

    /// <summary>Sign-ins and sign-outs of agency users.</summary>
    SignIns,
}

/// <summary>Sorts <see cref="AuditKind"/>s.</summary>
public static class AuditTopics
{
    /// <summary>What a kind is about.</summary>
    public static AuditTopic TopicOf(AuditKind kind) => kind switch
    {
        AuditKind.RequestCreated or AuditKind.RequestSent or AuditKind.EmailSent or AuditKind.EmailFailed or AuditKind.LinkCopied
            or AuditKind.LinkOpened
            or AuditKind.RequestViewed or AuditKind.PlatformDeclined or AuditKind.PlatformReclaimed or AuditKind.RequestCompleted
            or AuditKind.RequestExpired
            or AuditKind.RequestDeleted or AuditKind.NewLinkAsked
            or AuditKind.EmailDelivered or AuditKind.EmailDeferred or AuditKind.EmailBounced or AuditKind.EmailDropped
            or AuditKind.EmailMarkedSpam or AuditKind.EmailRetried or AuditKind.RequestChanged or AuditKind.RemindersStopped
            or AuditKind.RemindersWanted or AuditKind.LinkRenewed or AuditKind.LinkReplaced
            or AuditKind.QuestionAsked or AuditKind.QuestionAnswered or AuditKind.PartDone or AuditKind.PartResumed
            or AuditKind.ImportSent or AuditKind.CampaignDrafted or AuditKind.CampaignStarted or AuditKind.CampaignPausedAgain
            or AuditKind.CampaignGone or AuditKind.CampaignDeleted or AuditKind.CampaignQuestionAsked => AuditTopic.Requests,
        AuditKind.SignInStarted or AuditKind.SignedIn or AuditKind.SignInFailed or AuditKind.AccountRemoved or AuditKind.AccountConnected
            or AuditKind.AccountLost or AuditKind.AccountMended
            or AuditKind.AssetShared or AuditKind.AssetWaiting or AuditKind.AssetFailed or AuditKind.FacebookUserConnected
            or AuditKind.FacebookUserRemoved
            or AuditKind.SyncCreated or AuditKind.SyncChanged or AuditKind.SyncStarted or AuditKind.SyncCompleted or AuditKind.SyncFailed
            or AuditKind.SyncDeleted or AuditKind.AudienceReady => AuditTopic.Connections,
        AuditKind.UserInvited or AuditKind.InvitationResent or AuditKind.InvitationCancelled or AuditKind.UserJoined
            or AuditKind.UserRoleChanged
            or AuditKind.UserDisabled or AuditKind.UserEnabled or AuditKind.UserRemoved or AuditKind.RequestsHandedOver
            or AuditKind.OwnershipHandedOver
            or AuditKind.ProfileChanged or AuditKind.PasswordChanged or AuditKind.PasswordResetAsked or AuditKind.PasswordReset
            or AuditKind.TwoFactorOn
            or AuditKind.TwoFactorOff or AuditKind.TwoFactorReset or AuditKind.RecoveryCodesMade or AuditKind.PasskeyAdded
            or AuditKind.PasskeyRemoved or AuditKind.PasskeyRenamed => AuditTopic.Users,
        AuditKind.SettingsChanged or AuditKind.AgencyCreated or AuditKind.TwoFactorRequired or AuditKind.TwoFactorOptional
            or AuditKind.BrandingChanged
            or AuditKind.TemplateSaved or AuditKind.TemplateMadeDefault or AuditKind.TemplateNoLongerDefault or AuditKind.TemplateDeleted
            or AuditKind.TestMailSent or AuditKind.AuditExported or AuditKind.ApiKeyCreated or AuditKind.ApiKeyRevoked
            or AuditKind.WebhookAdded
            or AuditKind.WebhookChanged or AuditKind.WebhookRemoved or AuditKind.WebhookGivenUp
            or AuditKind.CampaignNamingChanged or AuditKind.ChainBroken or AuditKind.OlderEntriesCounted => AuditTopic.Settings,
        AuditKind.UserSignedIn or AuditKind.UserSignInRefused or AuditKind.UserSignedOut or AuditKind.SessionsEnded
            or AuditKind.RecoveryCodeUsed => AuditTopic.SignIns,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
