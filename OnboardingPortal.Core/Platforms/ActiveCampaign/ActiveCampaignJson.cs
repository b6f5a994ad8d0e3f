using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>ActiveCampaign's shapes, as far as they are read. Numbers are texts there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ActiveCampaignMe))]
internal sealed partial class ActiveCampaignJson : JsonSerializerContext;

internal sealed record ActiveCampaignMe(ActiveCampaignUser? User);

internal sealed record ActiveCampaignUser(string? Id, string? Username, string? Email);
