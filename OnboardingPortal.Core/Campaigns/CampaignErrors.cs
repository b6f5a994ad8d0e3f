namespace OnboardingPortal.Core.Campaigns;

/// <summary>No such draft among those that the caller sees.</summary>
public sealed record CampaignNotFound : PortalError;

/// <summary>The ad account and the Page were not granted by one client, or one of them does not work now.</summary>
public sealed record CampaignPairRefused : PortalError;

/// <summary>Facebook does not let the ad account advertise for the Page.</summary>
public sealed record CampaignPageNotPromoted : PortalError;

/// <summary>An audience is of no data sync of this client to this ad account, or it is not made yet.</summary>
public sealed record CampaignAudienceRefused : PortalError;

/// <summary>The draft is being made, or what is left of it is being deleted.</summary>
public sealed record CampaignBeingMade : PortalError;

/// <summary>Somebody started the campaign in Ads Manager: it is not deleted from here.</summary>
public sealed record CampaignIsRunning : PortalError;

/// <summary>Facebook said that it deleted the campaign, and has it still.</summary>
public sealed record CampaignStillThere : PortalError;

/// <summary>The rule for names is too long, or has characters that no name has.</summary>
/// <param name="Most">The most characters.</param>
public sealed record NameRuleRefused(int Most) : PortalError
{
    /// <summary><c>{0}</c>: the most characters.</summary>
    public override IReadOnlyList<object> Arguments => [Most];
}
