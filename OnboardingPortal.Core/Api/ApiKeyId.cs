using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Api;

/// <summary>A key to the API.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct ApiKeyId : IId<ApiKeyId>;
