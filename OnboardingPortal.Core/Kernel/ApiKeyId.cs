using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A key to the API.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct ApiKeyId : IId<ApiKeyId>;
