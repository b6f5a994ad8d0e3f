using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>An invitation to work for an agency.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct InvitationId : IId<InvitationId>;
