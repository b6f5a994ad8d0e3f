namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>A campaign of an ad account.</summary>
/// <remarks>
/// <c>AccountId</c>: <c>act_…</c>.<br/>
/// <c>DailyBudget</c>, <c>LifetimeBudget</c>: In the units the currency is counted in; null where the ad set has its own.<br/>
/// <c>Issue</c>: What there is against it; null when nothing.
/// </remarks>
public sealed record FacebookCampaign(
    string Id, string AccountId, string Name, string Objective, string Status, long? DailyBudget, long? LifetimeBudget,
    IReadOnlyList<string> Categories, DateTimeOffset CreatedAt, string? Issue = null);

/// <summary>An ad set of a campaign.</summary>
public sealed record FacebookAdSet(
    string Id, string CampaignId, string AccountId, string Name, string Status, string Goal, string Targeting, DateTimeOffset? EndTime,
    DateTimeOffset CreatedAt);

/// <summary>What is wrong with an ad account where campaigns are made.</summary>
public enum FacebookCampaignRule
{
    Ordinary,
    PolicyNotAccepted,
    AppInDevelopment,
    RightMissing,
    BudgetChangedTooOften,
    Full,
}
