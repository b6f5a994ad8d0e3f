using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A saved template of requests.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct RequestTemplateId : IId<RequestTemplateId>;
