using System.Text.Json.Serialization;
using Vogen;

namespace OnboardingPortal.Core.Kernel;

/// <summary>A list of requests read from a CSV file.</summary>
[ValueObject<long>]
[JsonConverter(typeof(IdJson))]
public readonly partial struct BulkImportId : IId<BulkImportId>;
