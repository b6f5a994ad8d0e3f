using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>An agency: the tenant that every row belongs to.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct AgencyId : IId<AgencyId>;
