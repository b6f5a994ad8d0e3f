namespace OnboardingPortal.Core.Work;

/// <summary>One thing that a background round fails of, so that it rests while the round goes on with the others.</summary>
public sealed class RestingItem : IAgencyOwned
{
    /// <summary>The most characters of <see cref="Item"/>.</summary>
    public const int ItemMaxLength = 60;

    private RestingItem()
    {
    }

    internal RestingItem(RoundKind round, AgencyId agency, string item, DateTimeOffset now, TimeSpan pause)
    {
        Round = round;
        AgencyId = agency;
        Item = item;
        Failures = 1;
        Since = now;
        FailedAt = now;
        RestsUntil = now + pause;
    }

    /// <summary>Which round.</summary>
    public RoundKind Round { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>What it fails of: an id, or what the round calls it.</summary>
    public string Item { get; private set; } = "";

    /// <summary>How often in a row, at least 1.</summary>
    public int Failures { get; private set; }

    /// <summary>The first time, UTC.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>The last time, UTC.</summary>
    public DateTimeOffset FailedAt { get; private set; }

    /// <summary>Until when the round leaves it alone, UTC.</summary>
    public DateTimeOffset RestsUntil { get; private set; }
}

/// <summary>The rounds whose items stand alone. Stored by name.</summary>
public enum RoundKind
{
    /// <summary>Asking Facebook whether a request's shares arrived; the item is the request.</summary>
    Verification,

    /// <summary>Letting the agency's Facebook user work with what a request shared; the item is the request.</summary>
    Assignment,

    /// <summary>Checking the agency's Facebook user; the item is the user.</summary>
    FacebookUserCheck,

    /// <summary>Checking a connected account; the item is the account.</summary>
    AccountCheck,

    /// <summary>Noting that a request's link expired; the item is the request.</summary>
    Expiry,

    /// <summary>Reminding of a request; the item is the request.</summary>
    Reminder,

    /// <summary>Encrypting the agency's secrets under its newest key; the item is the agency or the secret.</summary>
    KeyRotation,

    /// <summary>Sending a row of an import; the item is the import, or the import and the line.</summary>
    Import,

    /// <summary>Telling the maker of an API key that it expires; the item is the key.</summary>
    ApiKeyNotice,

    /// <summary>Looking for the proof that a host is the agency's; the item is the agency.</summary>
    OwnHost,

    /// <summary>Delivering an event to a webhook; the item is the webhook.</summary>
    Webhook,

    /// <summary>Taking a grant back at its platform that nobody keeps; the item is the revocation.</summary>
    Revocation,

    /// <summary>Forgetting what is older than it is kept; the item is what is forgotten.</summary>
    Retention,

    /// <summary>Going on with what a client chose to share; the item is the client's account.</summary>
    Sharing,

    /// <summary>Making a campaign at Facebook; the item is the draft.</summary>
    Campaign,

    /// <summary>Looking at Facebook what became of a draft; the item is the draft.</summary>
    CampaignCheck,

    /// <summary>Running a data sync; the item is the sync.</summary>
    Sync,

    /// <summary>Looking at Facebook whether an audience can be used; the item is the sync.</summary>
    Audience,
}
