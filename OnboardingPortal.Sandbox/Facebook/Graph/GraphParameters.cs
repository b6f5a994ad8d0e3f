using System.Text.Json;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Which parameters the calls about audiences take, by Facebook's own specification; a call with another one is refused.</summary>
internal static class GraphParameters
{
    /// <summary>What any call may carry.</summary>
    public static readonly IReadOnlyList<string> Common =
        ["fields", "limit", "after", "before", "access_token", "appsecret_proof", "appsecret_time", "method"];

    private static readonly string[] OfPeople = ["namespace", "payload", "session"];

    /// <summary>By method and edge; the edge <c>""</c> is the audience itself.</summary>
    public static readonly IReadOnlyDictionary<(string Method, string Edge), string[]> ByCall =
        new Dictionary<(string, string), string[]>
        {
            [("GET", "customaudiences")] = ["business_id", "fetch_primary_audience", "filtering", "pixel_id"],
            [("POST", "customaudiences")] =
                ["allowed_domains", "associated_audience_id", "claim_objective", "content_type", "countries", "creation_params",
                    "customer_file_source", "dataset_id", "description", "enable_fetch_or_create", "event_source_group", "event_sources",
                    "exclusions", "facebook_page_id", "inclusionOperator", "inclusions", "is_snapshot", "is_value_based",
                    "list_of_accounts", "lookalike_spec", "marketing_message_channels", "name", "opt_out_link", "origin_audience_id",
                    "parent_audience_id", "partner_reference_key", "pixel_id", "prefill", "product_set_id", "regulated_audience_spec",
                    "retention_days", "rev_share_policy_id", "rule", "rule_aggregation", "subscription_info", "subtype",
                    "usage_restriction", "use_for_products", "use_in_campaigns", "video_group_ids", "whats_app_business_phone_number_id"],
            [("GET", "customaudiencestos")] = [],
            [("DELETE", "usersofanyaudience")] = OfPeople,
            [("GET", "")] = ["ad_account_id", "special_ad_categories", "special_ad_category_countries", "target_countries"],
            [("POST", "")] =
                ["allowed_domains", "claim_objective", "content_type", "countries", "customer_file_source", "description",
                    "enable_fetch_or_create", "event_source_group", "event_sources", "exclusions", "inclusionOperator", "inclusions",
                    "lookalike_spec", "name", "opt_out_link", "parent_audience_id", "product_set_id", "retention_days",
                    "rev_share_policy_id", "rule", "rule_aggregation", "tags", "use_for_products", "use_in_campaigns"],
            [("DELETE", "")] = [],
            [("POST", "users")] = OfPeople,
            [("DELETE", "users")] = OfPeople,
            [("POST", "usersreplace")] = OfPeople,
            [("GET", "sessions")] = ["session_id"],
        };

    private static readonly Dictionary<string, string[]> Enums = new()
    {
        ["customer_file_source"] = ["BOTH_USER_AND_PARTNER_PROVIDED", "PARTNER_PROVIDED_ONLY", "USER_PROVIDED_ONLY"],
        ["subtype"] =
            ["APP", "BAG_OF_ACCOUNTS", "BIDDING", "CLAIM", "CUSTOM", "ENGAGEMENT", "EXCLUSION", "FOX", "LOOKALIKE", "MANAGED",
                "MEASUREMENT", "MESSENGER_SUBSCRIBER_LIST", "OFFLINE_CONVERSION", "PARTNER", "PRIMARY", "REGULATED_CATEGORIES_AUDIENCE",
                "STUDY_RULE_AUDIENCE", "VIDEO", "WEBSITE"],
        ["usage_restriction"] = ["EXCLUSION_ONLY", "NONE"],
    };

    /// <summary>Why a call is not as specified; null when it is.</summary>
    public static GraphError? Refusal(GraphCall call, string method, string edge)
    {
        var known = ByCall[(method, edge)];
        if (call.Parameters.Keys.FirstOrDefault(p => !known.Contains(p) && !Common.Contains(p)) is { } stranger)
            return new GraphError(400, 100, $"(#100) The parameter {stranger} does not exist");
        return call.Parameters.Where(p => Enums.TryGetValue(p.Key, out var values) && !values.Contains(p.Value))
            .Select(p => GraphError.InvalidParameter(p.Key)).FirstOrDefault();
    }

    /// <summary>A parameter that is one JSON object; null when it is missing or no such thing.</summary>
    public static JsonElement? Object(GraphCall call, string name)
    {
        if (call.Parameter(name) is not { } text)
            return null;
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } value ? value : null;
        }
        catch (JsonException)
        {
            return null; // the caller's mistake, answered as error 100
        }
    }
}
