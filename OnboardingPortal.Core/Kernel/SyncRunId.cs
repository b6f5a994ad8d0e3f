using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>One run of a data sync.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct SyncRunId : IId<SyncRunId>;
