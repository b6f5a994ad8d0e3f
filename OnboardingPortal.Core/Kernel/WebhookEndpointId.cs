using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>An address that hears of what happens.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct WebhookEndpointId : IId<WebhookEndpointId>;
