namespace OnboardingPortal.Core.Outbox;

/// <summary>Which mail it is. Stored by name.</summary>
public enum EmailKind
{
    /// <summary>To a recipient: the onboarding request.</summary>
    Request,

    /// <summary>To the requester: a client completed it.</summary>
    Completed,

    /// <summary>To the requester: somebody with a dead link asks for a new one.</summary>
    NewLinkAsked,

    /// <summary>To whom the settings name: a connected account no longer works.</summary>
    AccessLost,

    /// <summary>To somebody invited to work for the agency.</summary>
    Invitation,

    /// <summary>To a user who forgot their password.</summary>
    PasswordReset,

    /// <summary>To the main user who asked: the request's mail with made-up contents, as the white label makes it look.</summary>
    Test,

    /// <summary>To the requester: a client asks something; answers go to the client.</summary>
    Question,

    /// <summary>To whom the settings name for completions: a participant did their part and leaves the rest to others.</summary>
    PartDone,

    /// <summary>To the main users: the portal switched a webhook off that no longer answers.</summary>
    WebhookGivenUp,

    /// <summary>To the requester: the request's mail did not reach a recipient.</summary>
    Undeliverable,

    /// <summary>To a user: what they sign in with was changed, by themselves, by a main user, or by somebody who should not have.</summary>
    SignInChanged,

    /// <summary>To the main user who made it: a key to the API expires soon.</summary>
    ApiKeyExpiring,

    /// <summary>To who drafted a campaign: its client asks something; answers go to the client.</summary>
    CampaignQuestion,

    /// <summary>To whom the settings name for lost access: a data sync has failed, and somebody must act.</summary>
    SyncFailed,
}

/// <summary>What kinds of mails have in common.</summary>
internal static class EmailKinds
{
    extension(EmailKind kind)
    {
        /// <summary>
        /// Whether somebody sits before an empty mailbox until it is there, so that it may not stand behind mails sent in bulk.
        /// </summary>
        public bool IsAwaited => kind is EmailKind.PasswordReset or EmailKind.Invitation or EmailKind.SignInChanged or EmailKind.Test;
    }
}

/// <summary>How far a mail is. Stored by name.</summary>
public enum EmailState
{
    /// <summary>Waits for its next attempt, or is being sent under a lease.</summary>
    Queued,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Given up after the last attempt, or refused for good.</summary>
    Dead,

    /// <summary>Never sent: when its turn came, what it was about was over.</summary>
    Over,
}
