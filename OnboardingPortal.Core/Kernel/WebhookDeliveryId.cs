using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>One event on its way to one endpoint.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct WebhookDeliveryId : IId<WebhookDeliveryId>;
