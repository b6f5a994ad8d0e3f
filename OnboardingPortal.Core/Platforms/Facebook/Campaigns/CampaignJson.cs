using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>Graph's shapes of campaigns, as far as they are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(GraphMade))]
[JsonSerializable(typeof(GraphCampaign))]
[JsonSerializable(typeof(GraphCampaignAccount))]
[JsonSerializable(typeof(GraphPage<GraphCampaign>))]
[JsonSerializable(typeof(GraphPage<GraphMinimumBudget>))]
[JsonSerializable(typeof(GraphPage<GraphDsaRecommendations>))]
internal sealed partial class CampaignJson : JsonSerializerContext;

/// <summary>What making something answers, and changing or checking it.</summary>
internal sealed record GraphMade(string? Id, bool? Success);

/// <summary>A campaign or an ad set.</summary>
internal sealed record GraphCampaign(
    string? Id, string? Name, string? Status, string? EffectiveStatus, IReadOnlyList<GraphCampaignIssue>? IssuesInfo);

internal sealed record GraphCampaignIssue(string? Level, int? ErrorCode, string? ErrorSummary, string? ErrorMessage);

internal sealed record GraphCampaignAccount(
    string? Id, string? Currency, string? TimezoneName, int? AccountStatus, string? DefaultDsaBeneficiary, string? DefaultDsaPayor,
    GraphBusiness? Business);

internal sealed record GraphMinimumBudget(string? Currency, long? MinDailyBudgetImp);

internal sealed record GraphDsaRecommendations(IReadOnlyList<string>? Recommendations);
