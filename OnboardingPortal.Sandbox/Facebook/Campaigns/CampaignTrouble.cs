namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>A refusal that the next campaign meets, whatever is ordered: the named ones of the Marketing API.</summary>
/// <remarks>
/// <c>OfAdSet</c>: Whether its ad set meets it, when the campaign is made already.<br/>
/// <c>Blamed</c>: The parameters that it blames; empty where it blames none.
/// </remarks>
public sealed record CampaignTrouble(int Code, int Subcode, bool OfAdSet, string Title, string Message, params IReadOnlyList<string> Blamed)
{
    public static IReadOnlyList<CampaignTrouble> All { get; } =
    [
        OfCampaign(1885621, "Only one budget", "The campaign and the ad set cannot both have a budget.", "daily_budget"),
        OfCampaign(1885272, "Your budget is too low", "Your daily budget is under the minimum of this ad account.", "daily_budget"),
        OfCampaign(1885650, "Your budget is too low", "Your lifetime budget is under the minimum of this ad account.", "lifetime_budget"),
        OfCampaign(2446307, "Spending limit too low", "The spending limit is under its minimum.", "spend_cap"),
        OfCampaign(2909034, "Choose a country", "Choose the countries of your category.", "special_ad_category_country"),
        OfCampaign(2708008, "Not authorised", "You are not authorised to run ads about social issues, elections or politics."),
        Of(1870227, "Advantage audience flag required", "Set advantage_audience to 0 or 1.", "targeting", "targeting_automation"),
        Of(1870189, "Age too narrow", "With Advantage+ audience the maximum age is at least 65.", "targeting", "age_max"),
        Of(3858152, "Beneficiary and payer missing", "This ad set needs beneficiary and payer information.", "dsa_beneficiary"),
        Of(1885204, "A required field is missing", "end_time is missing.", "end_time"),
        Of(2446509, "Destination does not fit", "Choose a destination that fits the objective.", "destination_type"),
        Of(1487033, "End is in the past", "Your ad set must end in the future, after its start.", "end_time"),
        Of(2909035, "Targeting not allowed", "Your category does not allow this targeting.", "targeting"),
        Of(2859024, "Accept the policy", "An admin must accept the non-discrimination policy before ads can be made."),
        Of(2490487, "Bid missing", "Choose a bid strategy or a bid amount.", "bid_strategy"),
        Of(2446383, "Website missing", "Add the address of your website."),
        Of(1885183, "App in development", "Ads cannot be made by an app in development mode."),
        Of(1885029, "Page does not fit", "The Page is another one than that of the ad set.", "promoted_object", "page_id"),
        new(200, 1815694, OfAdSet: true, "No permission", "You do not have permission to advertise with this ad account."),
        Of(1487301, "Audience not shared", "This audience is not shared with this ad account.", "targeting", "custom_audiences"),
        Of(1487366, "Audience deleted", "This audience was deleted.", "targeting", "custom_audiences"),
    ];

    internal GraphRefusal Refusal => new(Code, Subcode, Title, Message, [.. Blamed]);

    private static CampaignTrouble OfCampaign(int subcode, string title, string message, params IReadOnlyList<string> blamed) =>
        new(100, subcode, OfAdSet: false, title, message, blamed);

    private static CampaignTrouble Of(int subcode, string title, string message, params IReadOnlyList<string> blamed) =>
        new(100, subcode, OfAdSet: true, title, message, blamed);
}
