using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Agencies;

/// <summary>A sign-in of a user in one browser.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct UserSessionId : IId<UserSessionId>;
