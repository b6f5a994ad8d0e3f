namespace OnboardingPortal.Core.Requests;

/// <summary>The newest thing that moved a request: the small second line in the table. Stored by name.</summary>
public enum RequestActivity
{
    /// <summary>Saved.</summary>
    Created,

    /// <summary>Mailed, or its link copied.</summary>
    Sent,

    /// <summary><c>Grant Permission Now</c> was pressed.</summary>
    Opened,

    /// <summary>Somebody is in the wizard.</summary>
    Viewed,

    /// <summary>Somebody is at a platform's sign-in page.</summary>
    AtPlatform,

    /// <summary>Somebody came back signed in.</summary>
    SignedIn,

    /// <summary>A sign-in or a share did not work.</summary>
    Stuck,

    /// <summary>An asset was shared.</summary>
    Sharing,

    /// <summary>Completed.</summary>
    Completed,

    /// <summary>A holder of the dead link asked for a new one.</summary>
    NewLinkAsked,

    /// <summary>The mail reached somebody.</summary>
    Delivered,

    /// <summary>A mail could not be delivered.</summary>
    Bounced,

    /// <summary>A participant asked something.</summary>
    Asked,

    /// <summary>A participant did their part and left the rest to others.</summary>
    PartDone,
}
