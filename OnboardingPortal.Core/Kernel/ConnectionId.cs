using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>One account at one platform.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct ConnectionId : IId<ConnectionId>;
