using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A person who works for an agency and signs in.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct AgencyUserId : IId<AgencyUserId>;
