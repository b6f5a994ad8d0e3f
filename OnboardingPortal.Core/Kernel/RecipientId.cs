using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>An address that a request was sent to.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct RecipientId : IId<RecipientId>;
