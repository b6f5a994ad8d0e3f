using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Connections;

/// <summary>A shared Facebook ad account or Page.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct AssetId : IId<AssetId>;
