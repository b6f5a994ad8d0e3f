using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A data sync: one list of a client on its way to one audience.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct AudienceSyncId : IId<AudienceSyncId>;
