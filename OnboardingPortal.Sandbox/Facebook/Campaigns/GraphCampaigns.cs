using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>The part of the Marketing API that makes, finds, changes and deletes campaigns and ad sets.</summary>
internal sealed class GraphCampaigns(
    FacebookCampaigns campaigns, AudienceStore audiences, FacebookPermissions permissions, GraphReads reads, TimeProvider clock)
{
    private const string DefaultFields = "id";

    public void Map(IEndpointRouteBuilder graph, Action<IEndpointRouteBuilder, string, string, Func<GraphCall, IResult>> map)
    {
        const string node = "{campaign:regex(" + "^1202[01]\\d{{10}}$" + ")}";
        map(graph, "GET", "{account}/campaigns", List);
        map(graph, "POST", "{account}/campaigns", Create);
        map(graph, "POST", "{account}/adsets", CreateAdSet);
        map(graph, "GET", node, Find);
        map(graph, "POST", node, Change);
        map(graph, "DELETE", node, Delete);
        map(graph, "GET", node + "/adsets", ListAdSets);
        map(graph, "GET", "{account}/minimum_budgets", MinimumBudgets);
        map(graph, "GET", "{account}/dsa_recommendations", Recommendations);
        map(graph, "GET", "{account}/promote_pages", PromotePages);
    }

    private IResult List(GraphCall call) => InAccount(call, "account", account =>
    {
        var found = campaigns.ListOf(account.Id).Where(c => Passes(call, c.Name));
        return GraphAnswer.Page(call, found.Select(Node), DefaultFields);
    });

    private IResult Create(GraphCall call) => InAccount(call, "account", account =>
    {
        var refusal = CampaignParameters.ProblemOfCampaign(call) ?? CampaignRules.OfAccount(account)
            ?? campaigns.TakeRefusal(ofAdSet: false) ?? CampaignRules.OfCampaign(call, account);
        if (refusal is not null)
            return refusal;
        if (IsOnlyChecked(call))
            return GraphAnswer.Success;
        var made = campaigns.Add(new FacebookCampaign(
            "", account.Id, call.Parameter("name")!, call.Parameter("objective")!, call.Parameter("status")!,
            CampaignRules.Amount(call, "daily_budget"), CampaignRules.Amount(call, "lifetime_budget"),
            call.ListParameter("special_ad_categories")!, default));
        return Made(made.Id);
    });

    private IResult CreateAdSet(GraphCall call) => InAccount(call, "account", account =>
    {
        if ((CampaignParameters.ProblemOfAdSet(call) ?? CampaignRules.OfAccount(account)) is { } refusal)
            return refusal;
        if (campaigns.Find(call.Parameter("campaign_id") ?? "") is not { Status: not FacebookCampaigns.Deleted } campaign
            || campaign.AccountId != account.Id)
            return GraphError.ObjectMissing("post", call.Parameter("campaign_id") ?? "");
        var refused = campaigns.TakeRefusal(ofAdSet: true) ?? CampaignRules.OfAdSet(call, account, campaign, clock.GetUtcNow())
            ?? OfAudiences(call, account);
        if (refused is not null)
            return refused;
        if (IsOnlyChecked(call))
            return GraphAnswer.Success;
        var made = campaigns.Add(new FacebookAdSet(
            "", campaign.Id, account.Id, call.Parameter("name")!, call.Parameter("status") ?? FacebookCampaigns.Paused,
            call.Parameter("optimization_goal")!, call.Parameter("targeting")!, CampaignRules.Time(call, "end_time"), default));
        return Made(made.Id);
    });

    /// <summary>Custom audiences are there and the account's own; one that is too small is no reason to refuse.</summary>
    private GraphRefusal? OfAudiences(GraphCall call, FacebookAdAccount account)
    {
        foreach (var id in CampaignRules.Audiences(call))
        {
            if (audiences.Find(id)?.AdAccount != account.Id)
                return CampaignTrouble.All.First(t => t.Subcode == (audiences.Find(id) is null ? 1487366 : 1487301)).Refusal;
        }

        return null;
    }

    private IResult Find(GraphCall call) => InNode(call, "get", (campaign, adSet) =>
        GraphAnswer.Node(call, adSet is null ? Node(campaign) : Node(adSet, campaign), DefaultFields));

    private IResult Change(GraphCall call) => InNode(call, "post", (campaign, adSet) =>
    {
        if ((adSet is null ? CampaignParameters.ProblemOfCampaign(call) : CampaignParameters.ProblemOfAdSet(call)) is { } problem)
            return problem;
        var (name, status) = (call.Parameter("name"), call.Parameter("status"));
        if (adSet is null)
            campaigns.Change(campaign.Id, c => c with { Name = name ?? c.Name, Status = status ?? c.Status });
        else
            campaigns.ChangeAdSet(adSet.Id, a => a with { Name = name ?? a.Name, Status = status ?? a.Status });
        return campaigns.TakeLoss() ? new LostAnswer() : GraphAnswer.Success;
    });

    private IResult Delete(GraphCall call) => InNode(call, "delete", (campaign, adSet) =>
    {
        if (adSet is null)
            campaigns.Change(campaign.Id, c => c with { Status = FacebookCampaigns.Deleted });
        else
            campaigns.ChangeAdSet(adSet.Id, a => a with { Status = FacebookCampaigns.Deleted });
        return campaigns.TakeLoss() ? new LostAnswer() : GraphAnswer.Success;
    });

    private IResult ListAdSets(GraphCall call) => InNode(call, "get", (campaign, _) => GraphAnswer.Page(
        call, campaigns.AdSetsOf(campaign.Id).Select(a => Node(a, campaign)), DefaultFields));

    private IResult MinimumBudgets(GraphCall call) => InAccount(call, "account", _ => GraphAnswer.List(
        FacebookMoney.Minimums.Select(m => new JsonObject
        {
            ["currency"] = m.Key,
            ["min_daily_budget_imp"] = m.Value,
            ["min_daily_budget_high_freq"] = m.Value * 5,
            ["min_daily_budget_low_freq"] = m.Value * 40,
            ["min_daily_budget_video_views"] = m.Value,
        })));

    private IResult Recommendations(GraphCall call) => InAccount(call, "account", account => GraphAnswer.List(
        account.Owner is { } owner ? [new JsonObject { ["recommendations"] = new JsonArray(owner.Name, account.Name) }] : []));

    private IResult PromotePages(GraphCall call) => InAccount(call, "account", account => GraphAnswer.Page(
        call,
        FacebookWorld.Assets.OfType<FacebookPage>()
            .Where(p => p.IsPromotable && p.Owner == account.Owner && p.Person == account.Person && reads.Reaches(call, p))
            .Select(p => GraphNodes.Page(p, call.Person.Key, token: null)),
        "id,name"));

    private IResult Made(string id) => campaigns.TakeLoss()
        ? new LostAnswer()
        : GraphAnswer.Json(new JsonObject { ["id"] = id });

    /// <summary>Somebody who may manage ads, on an ad account that they or their business reach.</summary>
    private IResult InAccount(GraphCall call, string route, Func<FacebookAdAccount, IResult> answer)
    {
        if (!permissions.Has(call.Person.Key, "ads_management"))
            return GraphError.PermissionMissing("ads_management");
        return FacebookWorld.FindAsset(call.Route(route)) is FacebookAdAccount account && reads.Reaches(call, account)
            ? answer(account)
            : GraphError.ObjectMissing(call.Http.Request.Method.ToLowerInvariant(), call.Route(route));
    }

    private IResult InNode(GraphCall call, string verb, Func<FacebookCampaign, FacebookAdSet?, IResult> answer)
    {
        var id = call.Route("campaign");
        var adSet = campaigns.FindAdSet(id);
        var campaign = campaigns.Find(adSet?.CampaignId ?? id);
        return campaign is not null && FacebookWorld.FindAsset(campaign.AccountId) is { } account && reads.Reaches(call, account)
            ? answer(campaign, adSet)
            : GraphError.ObjectMissing(verb, id);
    }

    private static bool IsOnlyChecked(GraphCall call) => call.ListParameter("execution_options")?.Contains("validate_only") is true;

    /// <summary>The filters of <c>filtering</c>, of which names that contain something are known.</summary>
    private static bool Passes(GraphCall call, string name)
    {
        if (call.Parameter("filtering") is not { } text || JsonNode.Parse(text) is not JsonArray filters)
            return true;
        return filters.All(f => (string?)f?["field"] != "name" || (string?)f["operator"] != "CONTAIN"
            || name.Contains((string?)f["value"] ?? "", StringComparison.OrdinalIgnoreCase));
    }

    private static GraphNode Node(FacebookCampaign campaign) => new("Campaign", new()
    {
        ["id"] = campaign.Id,
        ["account_id"] = campaign.AccountId,
        ["name"] = campaign.Name,
        ["objective"] = campaign.Objective,
        ["status"] = campaign.Status,
        ["effective_status"] = campaign.Issue is null || campaign.Status != FacebookCampaigns.Active ? campaign.Status : "WITH_ISSUES",
        ["daily_budget"] = campaign.DailyBudget?.ToString(CultureInfo.InvariantCulture),
        ["lifetime_budget"] = campaign.LifetimeBudget?.ToString(CultureInfo.InvariantCulture),
        ["special_ad_categories"] = new JsonArray([.. campaign.Categories.Select(c => JsonValue.Create(c))]),
        ["created_time"] = campaign.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ss+0000", CultureInfo.InvariantCulture),
        ["issues_info"] = campaign.Issue is null ? null : new JsonArray(new JsonObject
        {
            ["level"] = "CAMPAIGN",
            ["error_code"] = 1815869,
            ["error_summary"] = campaign.Issue,
            ["error_message"] = campaign.Issue,
        }),
    });

    private static GraphNode Node(FacebookAdSet adSet, FacebookCampaign campaign) => new("AdSet", new()
    {
        ["id"] = adSet.Id,
        ["campaign_id"] = adSet.CampaignId,
        ["account_id"] = adSet.AccountId,
        ["name"] = adSet.Name,
        ["status"] = adSet.Status,
        ["effective_status"] = campaign.Status == FacebookCampaigns.Paused && adSet.Status == FacebookCampaigns.Active
            ? "CAMPAIGN_PAUSED" : adSet.Status,
        ["optimization_goal"] = adSet.Goal,
        ["issues_info"] = null,
    });
}
