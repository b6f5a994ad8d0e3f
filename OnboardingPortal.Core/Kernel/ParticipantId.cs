using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>Somebody who opened a link and said who they are.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct ParticipantId : IId<ParticipantId>;
