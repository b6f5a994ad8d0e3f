using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A sign-in of a user in one browser.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct UserSessionId : IId<UserSessionId>;
