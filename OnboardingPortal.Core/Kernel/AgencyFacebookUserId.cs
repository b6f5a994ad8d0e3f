using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A Facebook user that an agency connected.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct AgencyFacebookUserId : IId<AgencyFacebookUserId>;
