using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>An onboarding request.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct RequestId : IId<RequestId>;
