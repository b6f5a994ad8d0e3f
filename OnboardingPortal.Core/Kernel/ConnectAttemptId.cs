using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>One way to a platform's sign-in and back.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct ConnectAttemptId : IId<ConnectAttemptId>;
