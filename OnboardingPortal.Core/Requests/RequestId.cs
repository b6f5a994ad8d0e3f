using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Requests;

/// <summary>An onboarding request.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct RequestId : IId<RequestId>;
