using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A grant that is being taken back at its platform.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct RevocationId : IId<RevocationId>;
