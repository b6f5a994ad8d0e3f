using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A campaign that was drafted on a client's ad account.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct CampaignDraftId : IId<CampaignDraftId>;
