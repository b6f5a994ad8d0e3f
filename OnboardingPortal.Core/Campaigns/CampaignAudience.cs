namespace OnboardingPortal.Core.Campaigns;

/// <summary>An audience that a data sync of the client fills on the same ad account.</summary>
/// <param name="Id">Facebook's id, digits; null before it is made, and then it cannot be chosen.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="ListName">The list that it is filled from; hostile text.</param>
/// <param name="State">What is to be known before it is chosen.</param>
/// <param name="SizeFrom">At least so many people as Facebook estimates; null while it does not tell.</param>
/// <param name="SizeTo">At most so many; null while it does not tell.</param>
public sealed record CampaignAudience(
    string? Id, string Name, string ListName, CampaignAudienceState State, long? SizeFrom, long? SizeTo)
{
    /// <summary>Whether it is there: what is only too small, or not counted yet, can be chosen.</summary>
    public bool CanBeChosen => Id is not null && State != CampaignAudienceState.Gone;
}

/// <summary>How an audience is where a campaign is to be shown to it.</summary>
public enum CampaignAudienceState
{
    /// <summary>Ads can be shown to it.</summary>
    Ready,

    /// <summary>The first run of its sync makes it.</summary>
    NotMade,

    /// <summary>People are on their way into it, or Facebook has not counted them yet.</summary>
    Filling,

    /// <summary>Facebook shows ads to it once it has found more people.</summary>
    TooSmall,

    /// <summary>Facebook objects to it, often to its name.</summary>
    Flagged,

    /// <summary>It is not there any more.</summary>
    Gone,

    /// <summary>Facebook does not tell now.</summary>
    Unknown,
}
