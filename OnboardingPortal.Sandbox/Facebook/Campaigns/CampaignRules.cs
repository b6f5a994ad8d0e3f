using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>What Facebook refuses of a campaign and of an ad set, with the codes that are known of it.</summary>
internal static class CampaignRules
{
    private static readonly string[] Narrowing = ["age_min", "age_max", "genders", "zips", "exclusions"];

    /// <summary>Which destination and which goal an objective takes.</summary>
    private static readonly Dictionary<string, (string Goal, string? Destination)[]> Fitting = new()
    {
        ["OUTCOME_AWARENESS"] = [("REACH", null), ("IMPRESSIONS", null)],
        ["OUTCOME_TRAFFIC"] = [("LINK_CLICKS", "WEBSITE"), ("LINK_CLICKS", null), ("LANDING_PAGE_VIEWS", "WEBSITE")],
        ["OUTCOME_ENGAGEMENT"] = [("PAGE_LIKES", "ON_PAGE"), ("POST_ENGAGEMENT", "ON_POST")],
    };

    public static GraphRefusal? OfAccount(FacebookAdAccount account) => (account.Status, account.CampaignRule) switch
    {
        (not 1, _) => new(200, 1885316, "Ad account disabled", "This ad account is disabled. Ads cannot be made in it."),
        (_, FacebookCampaignRule.RightMissing) =>
            new(200, 1815694, "No permission", "You do not have permission to advertise for this Page with this ad account."),
        (_, FacebookCampaignRule.Full) => new(80004, 2446079, "Too many calls", "There have been too many calls to this ad account."),
        _ => null,
    };

    public static GraphRefusal? OfCampaign(GraphCall call, FacebookAdAccount account)
    {
        if (string.IsNullOrWhiteSpace(call.Parameter("name")))
            return GraphRefusal.Missing("name");
        if (call.Parameter("objective") is null)
            return GraphRefusal.Missing("objective");
        if (call.Parameter("status") is not ("PAUSED" or "ACTIVE"))
            return GraphRefusal.Invalid("status");
        return OfCategories(call) ?? OfBudget(call, account);
    }

    public static GraphRefusal? OfAdSet(GraphCall call, FacebookAdAccount account, FacebookCampaign campaign, DateTimeOffset now)
    {
        foreach (var needed in new[] { "name", "billing_event", "optimization_goal", "targeting" })
        {
            if (string.IsNullOrWhiteSpace(call.Parameter(needed)))
                return GraphRefusal.Missing(needed);
        }

        if (account.CampaignRule == FacebookCampaignRule.PolicyNotAccepted)
            return new(100, 2859024, "Accept the policy", "An admin must accept the non-discrimination policy before ads can be made.");
        if (account.CampaignRule == FacebookCampaignRule.AppInDevelopment)
            return new(100, 1885183, "App in development", "Ads cannot be made by an app in development mode.");
        if (account.CampaignRule == FacebookCampaignRule.BudgetChangedTooOften)
            return new(613, 1487632, "Budget changed too often", "You can change this budget only 4 times per hour.", "daily_budget");
        return OfDestination(call, campaign) ?? OfTargeting(call, account, campaign) ?? OfAdSetBudget(call, campaign)
            ?? OfTimes(call, campaign, now);
    }

    private static GraphRefusal? OfCategories(GraphCall call)
    {
        const string parameter = "special_ad_categories";
        if (call.ListParameter(parameter) is not { } categories)
            return new(100, 2909034, "Choose a category", "Say whether your ads are in a special ad category.", parameter);
        if (categories.Contains("CREDIT"))
            return new(100, 2909034, "Category ended", "CREDIT is now FINANCIAL_PRODUCTS_SERVICES.", parameter);
        if (categories.Contains("ISSUES_ELECTIONS_POLITICS"))
        {
            return new(
                100, 2708008, "Not authorised", "You are not authorised to run ads about social issues, elections or politics.", parameter);
        }

        var needsCountry = categories.Any(c => c is not "NONE") && call.ListParameter("special_ad_category_country") is not { Count: > 0 };
        return needsCountry
            ? new(100, 2909034, "Choose a country", "Choose the countries of your category.", "special_ad_category_country")
            : null;
    }

    private static GraphRefusal? OfBudget(GraphCall call, FacebookAdAccount account)
    {
        var (daily, lifetime) = (Amount(call, "daily_budget"), Amount(call, "lifetime_budget"));
        if (daily is not null && lifetime is not null)
            return new(100, 1885621, "Only one budget", "Choose a daily or a lifetime budget.", "daily_budget");
        var minimum = FacebookMoney.Minimums[account.Currency];
        if (daily < minimum)
            return new(100, 1885272, "Your budget is too low", $"Your daily budget must be at least {minimum}.", "daily_budget");
        if (lifetime < minimum)
            return new(100, 1885650, "Your budget is too low", $"Your lifetime budget must be at least {minimum}.", "lifetime_budget");
        if (Amount(call, "spend_cap") < 100 * minimum)
            return new(100, 2446307, "Spending limit too low", "The spending limit is under its minimum.", "spend_cap");
        return daily is null && lifetime is null && call.Parameter("is_adset_budget_sharing_enabled") is null
            ? new(100, null, "Budget missing", "Set a budget, or say whether ad sets share theirs.", "is_adset_budget_sharing_enabled")
            : null;
    }

    private static GraphRefusal? OfDestination(GraphCall call, FacebookCampaign campaign)
    {
        var (goal, destination) = (call.Parameter("optimization_goal")!, call.Parameter("destination_type"));
        if (Fitting.TryGetValue(campaign.Objective, out var fitting) && !fitting.Contains((goal, destination)))
            return new(100, 2446509, "Destination does not fit", "Choose a destination that fits the objective.", "destination_type");
        if (goal is not ("REACH" or "PAGE_LIKES"))
            return null;
        var page = Object(call, "promoted_object")?["page_id"]?.GetValue<string>();
        if (page is null)
            return new(100, 1885204, "Page missing", "The promoted object needs a Page.", "promoted_object", "page_id");
        return FacebookWorld.FindAsset(page) is FacebookPage { IsPromotable: true }
            ? null
            : new(100, 1885029, "Page does not fit", "The Page is another one than the ad account may promote.", "promoted_object");
    }

    private static GraphRefusal? OfTargeting(GraphCall call, FacebookAdAccount account, FacebookCampaign campaign)
    {
        if (Object(call, "targeting") is not { } targeting)
            return GraphRefusal.Invalid("targeting");
        var countries = Texts(targeting["geo_locations"]?["countries"]);
        if (countries.Count == 0)
            return new(100, 1885204, "Place missing", "Choose where your ads are shown.", "targeting", "geo_locations");
        var widens = targeting["targeting_automation"]?["advantage_audience"]?.GetValue<int>();
        if (widens is not (0 or 1))
        {
            return new(
                100, 1870227, "Advantage audience flag required", "Set advantage_audience to 0 or 1.", "targeting", "targeting_automation");
        }

        if (widens == 1 && targeting["age_max"]?.GetValue<int>() < 65)
            return new(100, 1870189, "Age too narrow", "With Advantage+ audience the maximum age is at least 65.", "targeting", "age_max");
        if (campaign.Categories.Any(c => c != "NONE") && Narrowing.Any(n => targeting[n] is not null))
            return new(100, 2909035, "Targeting not allowed", "Your category does not allow this targeting.", "targeting");
        var names = call.Parameter("dsa_beneficiary") ?? account.Beneficiary;
        if (countries.Any(FacebookMoney.IsEuropean) && (names is null || (call.Parameter("dsa_payor") ?? account.Payor) is null))
        {
            return new(
                100, 3858152, "Beneficiary and payer missing",
                "This ad set must be published with beneficiary and payer information.", "dsa_beneficiary");
        }

        var minimum = FacebookMoney.Minimums[account.Currency] * 2;
        return countries.Any(FacebookMoney.IsDear) && campaign.DailyBudget < minimum
            ? new(100, 1885272, "Your budget is too low", $"For these countries it must be at least {minimum}.", "daily_budget")
            : null;
    }

    private static GraphRefusal? OfAdSetBudget(GraphCall call, FacebookCampaign campaign)
    {
        var own = Amount(call, "daily_budget") ?? Amount(call, "lifetime_budget");
        var ofCampaign = campaign.DailyBudget ?? campaign.LifetimeBudget;
        if (own is not null && ofCampaign is not null)
            return new(100, 1885621, "Only one budget", "The campaign and the ad set cannot both have a budget.", "daily_budget");
        if (own is null && ofCampaign is null)
            return GraphRefusal.Missing("daily_budget");
        return own is not null && call.Parameter("bid_strategy") is null
            ? new(100, 2490487, "Bid missing", "Choose a bid strategy or a bid amount.", "bid_strategy")
            : null;
    }

    private static GraphRefusal? OfTimes(GraphCall call, FacebookCampaign campaign, DateTimeOffset now)
    {
        var (start, end) = (Time(call, "start_time"), Time(call, "end_time"));
        if (campaign.LifetimeBudget is not null && end is null)
            return GraphRefusal.Missing("end_time");
        return end <= now || end <= start
            ? new(100, 1487033, "End is in the past", "Your ad set must end in the future, after its start.", "end_time")
            : null;
    }

    /// <summary>The custom audiences that an ad set is shown to: <c>[{"id": "…"}]</c>.</summary>
    public static IReadOnlyList<string> Audiences(GraphCall call) => Object(call, "targeting")?["custom_audiences"] is JsonArray array
        ? [.. array.Select(a => a?["id"]?.ToString() ?? "")]
        : [];

    public static long? Amount(GraphCall call, string parameter) =>
        long.TryParse(call.Parameter(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    public static DateTimeOffset? Time(GraphCall call, string parameter) =>
        DateTimeOffset.TryParse(call.Parameter(parameter), CultureInfo.InvariantCulture, out var time) ? time : null;

    private static JsonObject? Object(GraphCall call, string parameter)
    {
        try
        {
            return JsonNode.Parse(call.Parameter(parameter) ?? "null") as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // the caller's mistake, answered as error 100
        }
    }

    private static List<string> Texts(JsonNode? node) => node is JsonArray array ? [.. array.Select(n => n?.GetValue<string>() ?? "")] : [];
}
