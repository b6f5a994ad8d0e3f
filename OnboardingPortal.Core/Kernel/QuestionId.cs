using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A client's question.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct QuestionId : IId<QuestionId>;
