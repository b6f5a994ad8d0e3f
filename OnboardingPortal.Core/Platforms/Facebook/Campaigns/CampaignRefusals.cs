namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>What Graph's error codes mean where a campaign is made, and at which field the form shows them.</summary>
internal static class CampaignRefusals
{
    private static readonly Dictionary<int, (CampaignProblem Problem, CampaignField? Field)> Subcodes = new()
    {
        [1885621] = (CampaignProblem.BudgetOnBothLevels, CampaignField.Budget),
        [1885272] = (CampaignProblem.BudgetTooLow, CampaignField.Budget),
        [1885650] = (CampaignProblem.BudgetTooLow, CampaignField.Budget),
        [2446307] = (CampaignProblem.SpendCapTooLow, CampaignField.Budget),
        [2909034] = (CampaignProblem.CategoriesWrong, CampaignField.Categories),
        [2708008] = (CampaignProblem.PoliticsNotAuthorised, CampaignField.Categories),
        [2909035] = (CampaignProblem.NarrowedUnderCategory, CampaignField.Audiences),
        [2859024] = (CampaignProblem.PolicyNotAccepted, CampaignField.AdAccount),
        [2490487] = (CampaignProblem.BidStrategyMissing, CampaignField.Budget),
        [1870227] = (CampaignProblem.WideningMissing, CampaignField.WidensAudience),
        [1870189] = (CampaignProblem.AgeAgainstWidening, CampaignField.WidensAudience),
        [3858152] = (CampaignProblem.DsaNamesMissing, CampaignField.Beneficiary),
        [2446509] = (CampaignProblem.DestinationWrong, CampaignField.Objective),
        [1487033] = (CampaignProblem.EndInPast, CampaignField.End),
        [2446383] = (CampaignProblem.WebsiteMissing, CampaignField.Objective),
        [1885029] = (CampaignProblem.PageDiffers, CampaignField.Page),
        [1815694] = (CampaignProblem.NoRight, CampaignField.AdAccount),
        [1885183] = (CampaignProblem.AppInDevelopment, CampaignField.AdAccount),
        [1487632] = (CampaignProblem.BudgetChangedTooOften, CampaignField.Budget),
        [1885204] = (CampaignProblem.SomethingMissing, null),
        [1885316] = (CampaignProblem.AccountDisabled, CampaignField.AdAccount),
        [1487301] = (CampaignProblem.AudienceWrong, CampaignField.Audiences),
        [1487366] = (CampaignProblem.AudienceWrong, CampaignField.Audiences),
    };

    /// <summary>The parameters that Graph blames, by the field of the form that they are made of.</summary>
    private static readonly Dictionary<string, CampaignField> Blamed = new()
    {
        ["name"] = CampaignField.Name,
        ["objective"] = CampaignField.Objective,
        ["optimization_goal"] = CampaignField.Objective,
        ["destination_type"] = CampaignField.Objective,
        ["special_ad_categories"] = CampaignField.Categories,
        ["special_ad_category_country"] = CampaignField.CategoryCountries,
        ["daily_budget"] = CampaignField.Budget,
        ["lifetime_budget"] = CampaignField.Budget,
        ["spend_cap"] = CampaignField.Budget,
        ["start_time"] = CampaignField.Start,
        ["end_time"] = CampaignField.End,
        ["geo_locations"] = CampaignField.Countries,
        ["countries"] = CampaignField.Countries,
        ["dsa_beneficiary"] = CampaignField.Beneficiary,
        ["dsa_payor"] = CampaignField.Payor,
        ["custom_audiences"] = CampaignField.Audiences,
        ["targeting_automation"] = CampaignField.WidensAudience,
        ["advantage_audience"] = CampaignField.WidensAudience,
        ["promoted_object"] = CampaignField.Page,
        ["page_id"] = CampaignField.Page,
    };

    /// <summary>
    /// The refusal in the words of campaigns; null where the failure is none of what was ordered: no answer, a dead sign-in.
    /// </summary>
    public static CampaignRefused? Read(PlatformFailure failure)
    {
        var found = (failure.Number, failure.Kind) switch
        {
            ({ Subcode: { } subcode }, _) when Subcodes.TryGetValue(subcode, out var known) => known,
            (_, PlatformFailureKind.RateLimited) => (CampaignProblem.TooMany, CampaignField.AdAccount),
            (_, PlatformFailureKind.PermissionDenied) => (CampaignProblem.NoRight, CampaignField.AdAccount),
            (_, PlatformFailureKind.InvalidRequest or PlatformFailureKind.NotFound or PlatformFailureKind.PolicyBlocked) =>
                (CampaignProblem.Refused, (CampaignField?)null),
            _ => ((CampaignProblem Problem, CampaignField? Field)?)null,
        };
        if (found is not { } refusal) return null;
        // The last part of a path is the most exact one: ["targeting","geo_locations","countries"].
        var blamed = failure.Blamed.Reverse().Where(Blamed.ContainsKey).Select(b => (CampaignField?)Blamed[b]).FirstOrDefault();
        return new CampaignRefused(refusal.Problem, blamed ?? refusal.Field, failure.UserText, failure.TraceId);
    }

    /// <summary>Whether the call may have been done all the same: its answer was lost, or said nothing.</summary>
    public static bool LeavesOpen(PlatformFailure failure) => failure.Kind is PlatformFailureKind.Unreachable
        or PlatformFailureKind.Transient or PlatformFailureKind.Nonsense;
}
