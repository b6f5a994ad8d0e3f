using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A mail in the outbox.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct EmailMessageId : IId<EmailMessageId>;
