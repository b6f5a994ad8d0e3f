using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>
/// Campaigns of ad accounts, as far as drafts need them: made paused, found, read, deleted. There is no call that starts one. A refusal
/// of what was ordered is a <see cref="CampaignRefused"/>, everything else a <see cref="PlatformFailure"/>.
/// </summary>
/// <seealso href="https://developers.facebook.com/docs/marketing-api/reference/ad-campaign-group" />
public sealed class FacebookCampaigns(FacebookClient facebook)
{
    private const string Paused = "PAUSED";
    private const string Deleted = "DELETED";
    private const string Archived = "ARCHIVED";
    private const int ActiveAccount = 1;
    private const int MaxIssues = 900;
    private const string Fields = "id,name,status,effective_status,issues_info";

    /// <summary>The names that Facebook knows the enumerations by.</summary>
    private static readonly Dictionary<CampaignObjective, (string Objective, string Goal)> Objectives = new()
    {
        [CampaignObjective.Awareness] = ("OUTCOME_AWARENESS", "REACH"),
        [CampaignObjective.Traffic] = ("OUTCOME_TRAFFIC", "LINK_CLICKS"),
        [CampaignObjective.Engagement] = ("OUTCOME_ENGAGEMENT", "PAGE_LIKES"),
    };

    private static readonly Dictionary<SpecialAdCategory, string> Categories = new()
    {
        [SpecialAdCategory.Employment] = "EMPLOYMENT",
        [SpecialAdCategory.Housing] = "HOUSING",
        [SpecialAdCategory.FinancialProductsServices] = "FINANCIAL_PRODUCTS_SERVICES",
        [SpecialAdCategory.IssuesElectionsPolitics] = "ISSUES_ELECTIONS_POLITICS",
        [SpecialAdCategory.OnlineGamblingAndGaming] = "ONLINE_GAMBLING_AND_GAMING",
    };

    /// <summary>Currency, zone, state, default names and business of an ad account.</summary>
    internal async Task<Result<CampaignAccount>> FindAccountAsync(
        AccessToken token, string adAccount, CancellationToken cancellationToken)
    {
        const string fields = "id,currency,timezone_name,account_status,default_dsa_beneficiary,default_dsa_payor,business";
        var answer = await facebook.GetAsync(
            token, adAccount, new() { ["fields"] = fields }, CampaignJson.Default.GraphCampaignAccount, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        if (answer.Value is not { Currency: { Length: 3 } currency, TimezoneName: { Length: > 0 } zone } found)
            return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.Nonsense);
        return new CampaignAccount(
            currency, zone, found.AccountStatus is null or ActiveAccount, found.DefaultDsaBeneficiary, found.DefaultDsaPayor,
            found.Business?.Name);
    }

    /// <summary>The least daily budget of an ad account, in the units its currency is counted in; null when that is not told.</summary>
    internal async Task<Result<long?>> FindMinimumBudgetAsync(
        AccessToken token, string adAccount, string currency, CancellationToken cancellationToken)
    {
        var answer = await facebook.ListAsync(
            token, $"{adAccount}/minimum_budgets", new() { ["fields"] = "currency,min_daily_budget_imp" },
            CampaignJson.Default.GraphPageGraphMinimumBudget, cancellationToken);
        return answer.Succeeded ? answer.Value.FirstOrDefault(m => m.Currency == currency)?.MinDailyBudgetImp : answer.Error;
    }

    /// <summary>Whether the ad account may advertise for the Page.</summary>
    internal async Task<Result<bool>> PromotesAsync(
        AccessToken token, string adAccount, string page, CancellationToken cancellationToken)
    {
        var answer = await facebook.ListAsync(
            token, $"{adAccount}/promote_pages", new() { ["fields"] = "id" }, FacebookJson.Default.GraphPageGraphPageNode,
            cancellationToken);
        return answer.Succeeded ? answer.Value.Any(p => p.Id == page) : answer.Error;
    }

    /// <summary>The names that Facebook proposes for ads in the European Union, the likeliest first; hostile text.</summary>
    internal async Task<Result<IReadOnlyList<string>>> ProposeNamesAsync(
        AccessToken token, string adAccount, CancellationToken cancellationToken)
    {
        var answer = await facebook.ListAsync(
            token, $"{adAccount}/dsa_recommendations", new() { ["fields"] = "recommendations" },
            CampaignJson.Default.GraphPageGraphDsaRecommendations, cancellationToken);
        return answer.Succeeded ? answer.Value.SelectMany(r => r.Recommendations ?? []).ToList() : answer.Error;
    }

    /// <summary>Has Facebook judge a campaign without making it.</summary>
    internal async Task<PortalError?> CheckAsync(
        AccessToken token, string adAccount, CampaignOrder order, CancellationToken cancellationToken) =>
        (await PostAsync(token, $"{adAccount}/campaigns", FormOf(order, isOnlyChecked: true), cancellationToken)).Error;

    /// <summary>Makes a campaign, paused, with one call that is never repeated here.</summary>
    /// <returns>Facebook's id of it. A failure for which <see cref="CampaignRefusals.LeavesOpen"/> holds says nothing.</returns>
    internal Task<Result<string>> CreateAsync(
        AccessToken token, string adAccount, CampaignOrder order, CancellationToken cancellationToken) =>
        MakeAsync(token, $"{adAccount}/campaigns", FormOf(order, isOnlyChecked: false), cancellationToken);

    /// <summary>Makes an ad set, paused, on the same terms.</summary>
    internal Task<Result<string>> CreateAdSetAsync(
        AccessToken token, string adAccount, AdSetOrder order, CancellationToken cancellationToken) =>
        MakeAsync(token, $"{adAccount}/adsets", FormOf(order), cancellationToken);

    /// <summary>The campaigns of an ad account whose names hold a text; deleted ones are left out.</summary>
    internal async Task<Result<IReadOnlyList<FoundCampaign>>> SearchAsync(
        AccessToken token, string adAccount, string text, CancellationToken cancellationToken)
    {
        var filter = new JsonArray(new JsonObject { ["field"] = "name", ["operator"] = "CONTAIN", ["value"] = text });
        return Found(
            await facebook.ListAsync(
                token, $"{adAccount}/campaigns", new() { ["fields"] = Fields, ["filtering"] = filter.ToJsonString() },
                CampaignJson.Default.GraphPageGraphCampaign, cancellationToken),
            text);
    }

    /// <summary>The ad sets of a campaign whose names hold a text.</summary>
    internal async Task<Result<IReadOnlyList<FoundCampaign>>> SearchAdSetsAsync(
        AccessToken token, string campaign, string text, CancellationToken cancellationToken) => Found(
            await facebook.ListAsync(
                token, $"{campaign}/adsets", new() { ["fields"] = Fields }, CampaignJson.Default.GraphPageGraphCampaign,
                cancellationToken),
            text);

    /// <summary>A campaign or an ad set as Facebook has it; one that is not there any more is <see cref="CampaignRun.Gone"/>.</summary>
    internal async Task<Result<FoundCampaign>> FindAsync(AccessToken token, string id, CancellationToken cancellationToken)
    {
        var answer = await facebook.GetAsync(
            token, id, new() { ["fields"] = Fields }, CampaignJson.Default.GraphCampaign, cancellationToken);
        if (answer is { Succeeded: true, Value.Status: null })
            return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.Nonsense);
        if (answer.Succeeded) return Read(answer.Value with { Id = id });
        return answer.Error is PlatformFailure { Kind: PlatformFailureKind.NotFound }
            ? new FoundCampaign(id, "", CampaignRun.Gone, null)
            : answer.Error;
    }

    /// <summary>Deletes a campaign with its ad sets; one that is gone already is no failure.</summary>
    /// <returns>Null when Facebook said that it is done.</returns>
    internal async Task<PortalError?> DeleteAsync(AccessToken token, string campaign, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(token, campaign, new() { ["status"] = Deleted }, cancellationToken);
        return answer.Error is PlatformFailure { Kind: PlatformFailureKind.NotFound }
            or CampaignRefused { Problem: CampaignProblem.Refused } ? await LookAsync(answer.Error) : answer.Error;

        async Task<PortalError?> LookAsync(PortalError refusal)
        {
            var found = await FindAsync(token, campaign, cancellationToken);
            return found is { Succeeded: true, Value.Run: CampaignRun.Gone } ? null : refusal;
        }
    }

    private static Dictionary<string, string?> FormOf(CampaignOrder order, bool isOnlyChecked)
    {
        var form = new Dictionary<string, string?>
        {
            ["name"] = order.Name,
            ["objective"] = Objectives[order.Objective].Objective,
            ["status"] = Paused,
            ["bid_strategy"] = "LOWEST_COST_WITHOUT_CAP",
            ["special_ad_categories"] = JsonSerializer.Serialize(order.Categories.Select(c => Categories[c])),
        };
        if (order.CategoryCountries.Count > 0)
            form["special_ad_category_country"] = JsonSerializer.Serialize(order.CategoryCountries);
        if (order.DailyBudget is { } daily) form["daily_budget"] = daily.ToString(CultureInfo.InvariantCulture);
        if (order.LifetimeBudget is { } lifetime) form["lifetime_budget"] = lifetime.ToString(CultureInfo.InvariantCulture);
        if (isOnlyChecked) form["execution_options"] = """["validate_only"]""";
        return form;
    }

    private static Dictionary<string, string?> FormOf(AdSetOrder order)
    {
        var targeting = new JsonObject
        {
            ["geo_locations"] = new JsonObject { ["countries"] = new JsonArray([.. order.Countries.Select(c => JsonValue.Create(c))]) },
            ["targeting_automation"] = new JsonObject { ["advantage_audience"] = order.WidensAudience ? 1 : 0 },
        };
        if (order.Audiences.Count > 0)
            targeting["custom_audiences"] = new JsonArray([.. order.Audiences.Select(a => new JsonObject { ["id"] = a })]);
        var form = new Dictionary<string, string?>
        {
            ["campaign_id"] = order.Campaign,
            ["name"] = order.Name,
            ["status"] = Paused,
            ["billing_event"] = "IMPRESSIONS",
            ["optimization_goal"] = Objectives[order.Objective].Goal,
            ["targeting"] = targeting.ToJsonString(),
        };
        if (order.Objective == CampaignObjective.Traffic) form["destination_type"] = "WEBSITE";
        else form["promoted_object"] = new JsonObject { ["page_id"] = order.Page }.ToJsonString();
        if (order.Objective == CampaignObjective.Engagement) form["destination_type"] = "ON_PAGE";
        if (order.Start is { } start) form["start_time"] = Time(start);
        if (order.End is { } end) form["end_time"] = Time(end);
        if (order.Beneficiary is { } beneficiary) form["dsa_beneficiary"] = beneficiary;
        if (order.Payor is { } payor) form["dsa_payor"] = payor;
        return form;
    }

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss+0000", CultureInfo.InvariantCulture);

    private async Task<Result<string>> MakeAsync(
        AccessToken token, string path, Dictionary<string, string?> form, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(token, path, form, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        return answer.Value.Id is { Length: > 0 } id ? id : new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.Nonsense);
    }

    private async Task<Result<GraphMade>> PostAsync(
        AccessToken token, string path, Dictionary<string, string?> form, CancellationToken cancellationToken)
    {
        var answer = await facebook.PostAsync(token, path, form, CampaignJson.Default.GraphMade, cancellationToken);
        if (answer.Error is not PlatformFailure failure) return answer;
        return CampaignRefusals.Read(failure) is { } refused ? refused : failure;
    }

    private static Result<IReadOnlyList<FoundCampaign>> Found(Result<IReadOnlyList<GraphCampaign>> answer, string text) => answer.Succeeded
        ? answer.Value.Where(c => c is { Id.Length: > 0 } && c.Name?.Contains(text, StringComparison.Ordinal) is true).Select(Read).ToList()
        : answer.Error;

    private static FoundCampaign Read(GraphCampaign found)
    {
        var issues = found.IssuesInfo?.Select(i => i.ErrorSummary ?? i.ErrorMessage).OfType<string>().Distinct().ToList() ?? [];
        return new FoundCampaign(
            found.Id!, found.Name ?? "",
            found.Status switch { Paused => CampaignRun.Paused, Deleted or Archived => CampaignRun.Gone, _ => CampaignRun.Started },
            issues.Count > 0 ? ForeignText.Fit(string.Join(" · ", issues), MaxIssues) : null);
    }
}
