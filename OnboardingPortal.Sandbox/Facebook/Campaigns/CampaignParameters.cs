using System.Text.Json;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>
/// The parameters of Facebook's specification (facebook-business-sdk-codegen, v25.0) and the values of those that have a list of them.
/// </summary>
internal static class CampaignParameters
{
    private static readonly string[] Common =
        ["access_token", "appsecret_proof", "appsecret_time", "fields", "limit", "after", "before", "locale"];

    private static readonly string[] OfCampaigns =
    [
        "adlabels", "bid_strategy", "budget_schedule_specs", "buying_type", "daily_budget", "execution_options",
        "is_adset_budget_sharing_enabled", "is_budget_schedule_enabled", "is_direct_send_campaign", "is_message_campaign",
        "is_skadnetwork_attribution", "iterative_split_test_configs", "lifetime_budget", "name", "objective", "pacing_type",
        "promoted_object", "smart_promotion_type", "source_campaign_id", "special_ad_categories", "special_ad_category_country",
        "spend_cap", "start_time", "status", "stop_time", "topline_id",
    ];

    private static readonly string[] OfAdSets =
    [
        "adlabels", "adset_schedule", "attribution_spec", "automatic_manual_state", "bid_adjustments", "bid_amount", "bid_constraints",
        "bid_strategy", "billing_event", "budget_schedule_specs", "budget_source", "campaign_attribution", "campaign_id", "campaign_spec",
        "creative_sequence", "daily_budget", "daily_imps", "daily_min_spend_target", "daily_spend_cap", "date_format", "destination_type",
        "dsa_beneficiary", "dsa_payor", "end_time", "execution_options", "frequency_control_specs", "is_budget_schedule_enabled",
        "is_dynamic_creative", "is_sac_cfca_terms_certified", "lifetime_budget", "lifetime_imps", "lifetime_min_spend_target",
        "lifetime_spend_cap", "multi_optimization_goal_weight", "name", "optimization_goal", "optimization_sub_event", "pacing_type",
        "promoted_object", "regional_regulated_categories", "regional_regulation_identities", "rf_prediction_id", "source_adset_id",
        "start_time", "status", "targeting", "time_start", "time_stop", "tune_for_category", "value_rule_set_id", "value_rules_applied",
    ];

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["status"] = ["ACTIVE", "ARCHIVED", "DELETED", "PAUSED"],
        ["objective"] =
        [
            "APP_INSTALLS", "BRAND_AWARENESS", "CONVERSIONS", "EVENT_RESPONSES", "LEAD_GENERATION", "LINK_CLICKS", "LOCAL_AWARENESS",
            "MESSAGES", "OFFER_CLAIMS", "OUTCOME_APP_PROMOTION", "OUTCOME_AWARENESS", "OUTCOME_ENGAGEMENT", "OUTCOME_LEADS",
            "OUTCOME_SALES", "OUTCOME_TRAFFIC", "PAGE_LIKES", "POST_ENGAGEMENT", "PRODUCT_CATALOG_SALES", "REACH", "STORE_VISITS",
            "VIDEO_VIEWS",
        ],
        ["bid_strategy"] = ["COST_CAP", "LOWEST_COST_WITHOUT_CAP", "LOWEST_COST_WITH_BID_CAP", "LOWEST_COST_WITH_MIN_ROAS"],
        ["special_ad_categories"] =
        [
            "CREDIT", "EMPLOYMENT", "FINANCIAL_PRODUCTS_SERVICES", "HOUSING", "ISSUES_ELECTIONS_POLITICS", "NONE",
            "ONLINE_GAMBLING_AND_GAMING",
        ],
        ["execution_options"] = ["include_recommendations", "validate_only"],
        ["billing_event"] =
        [
            "APP_INSTALLS", "CLICKS", "IMPRESSIONS", "LINK_CLICKS", "LISTING_INTERACTION", "NONE", "OFFER_CLAIMS", "PAGE_LIKES",
            "POST_ENGAGEMENT", "PURCHASE", "THRUPLAY",
        ],
        ["optimization_goal"] =
        [
            "AD_RECALL_LIFT", "APP_INSTALLS", "CONVERSATIONS", "ENGAGED_USERS", "EVENT_RESPONSES", "IMPRESSIONS", "LANDING_PAGE_VIEWS",
            "LEAD_GENERATION", "LINK_CLICKS", "NONE", "OFFSITE_CONVERSIONS", "PAGE_LIKES", "POST_ENGAGEMENT", "PROFILE_VISIT",
            "QUALITY_CALL", "QUALITY_LEAD", "REACH", "THRUPLAY", "VALUE",
        ],
        ["destination_type"] =
        [
            "APP", "FACEBOOK", "FACEBOOK_PAGE", "INSTAGRAM_DIRECT", "INSTAGRAM_PROFILE", "MESSENGER", "ON_AD", "ON_EVENT", "ON_PAGE",
            "ON_POST", "ON_VIDEO", "WEBSITE", "WHATSAPP",
        ],
    };

    public static GraphRefusal? ProblemOfCampaign(GraphCall call) => ProblemOf(call, OfCampaigns);

    public static GraphRefusal? ProblemOfAdSet(GraphCall call) => ProblemOf(call, OfAdSets);

    private static GraphRefusal? ProblemOf(GraphCall call, string[] known)
    {
        if (call.Parameters.Keys.FirstOrDefault(p => !known.Contains(p) && !Common.Contains(p)) is { } stranger)
            return GraphRefusal.Unknown(stranger);
        foreach (var (name, values) in Values)
        {
            if (call.Parameter(name) is { } value && !Read(value).All(values.Contains))
                return GraphRefusal.Invalid(name);
        }

        return null;
    }

    /// <summary>One value, or a list of them as JSON.</summary>
    private static List<string> Read(string value)
    {
        if (!value.StartsWith('['))
            return [value];
        try
        {
            return JsonSerializer.Deserialize<List<string>>(value) ?? [];
        }
        catch (JsonException)
        {
            return [value]; // no list, and none of the values either
        }
    }
}
