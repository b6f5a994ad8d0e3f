namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>What an ad account is like, as far as a campaign needs to know.</summary>
/// <param name="Currency">Its currency, three upper-case letters.</param>
/// <param name="TimeZone">Its zone by the name of the IANA database, in which its days begin and end.</param>
/// <param name="IsActive">Whether it can be used; false for one that is disabled, closed or unsettled.</param>
/// <param name="Beneficiary">Whom its ads in the European Union speak for by default; null when nobody is named.</param>
/// <param name="Payor">Who pays for them by default; null when nobody is named.</param>
/// <param name="Business">The business that it belongs to, by name; null when it belongs to a person. Hostile text.</param>
internal sealed record CampaignAccount(
    string Currency, string TimeZone, bool IsActive, string? Beneficiary, string? Payor, string? Business);

/// <summary>A campaign to be made, paused.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Objective">What it is to bring.</param>
/// <param name="Categories">What the law protects; mostly empty.</param>
/// <param name="CategoryCountries">Where it does; two upper-case letters each. Empty without a category.</param>
/// <param name="DailyBudget">A day's budget in the units Facebook counts the currency in; null for a lifetime's.</param>
/// <param name="LifetimeBudget">All of the budget; null for a daily one.</param>
internal sealed record CampaignOrder(
    string Name, CampaignObjective Objective, IReadOnlyList<SpecialAdCategory> Categories, IReadOnlyList<string> CategoryCountries,
    long? DailyBudget, long? LifetimeBudget);

/// <summary>The ad set of such a campaign, paused.</summary>
/// <param name="Campaign">Facebook's id of the campaign.</param>
/// <param name="Name">Its name.</param>
/// <param name="Objective">The campaign's.</param>
/// <param name="Page">Facebook's id of the Page that it speaks for.</param>
/// <param name="Countries">Where it is shown; two upper-case letters each.</param>
/// <param name="Audiences">Facebook's ids of custom audiences that it is shown to; empty = everybody.</param>
/// <param name="WidensAudience">Whether Facebook may show it to others as well.</param>
/// <param name="Start">When it begins, UTC; null = when it is published.</param>
/// <param name="End">When it ends, UTC; null = when somebody ends it.</param>
/// <param name="Beneficiary">Whom it speaks for; null where no law asks.</param>
/// <param name="Payor">Who pays for it; null where no law asks.</param>
internal sealed record AdSetOrder(
    string Campaign, string Name, CampaignObjective Objective, string Page, IReadOnlyList<string> Countries,
    IReadOnlyList<string> Audiences, bool WidensAudience, DateTimeOffset? Start, DateTimeOffset? End, string? Beneficiary, string? Payor);

/// <summary>A campaign or an ad set as Facebook has it.</summary>
/// <param name="Id">Facebook's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="Run">Whether it runs.</param>
/// <param name="Issues">What Facebook has against it, in its own words; hostile text, null when nothing.</param>
internal sealed record FoundCampaign(string Id, string Name, CampaignRun Run, string? Issues);

/// <summary>Whether something runs at Facebook. Stored by name.</summary>
public enum CampaignRun
{
    /// <summary>It does not.</summary>
    Paused,

    /// <summary>Somebody started it there.</summary>
    Started,

    /// <summary>It is deleted or archived there, or not there any more.</summary>
    Gone,
}
