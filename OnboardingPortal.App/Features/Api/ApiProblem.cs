using System.Text.Json.Serialization;

namespace OnboardingPortal.App.Features.Api;

/// <summary>Why a call was refused (RFC 9457).</summary>
public sealed record ApiProblem
{
    /// <summary>Always about:blank; the code tells problems apart.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The answer's status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong and what to do, for people; in English or German by Accept-Language.</summary>
    public required string Detail { get; init; }

    /// <summary>Which problem it is, for programs; a code does not change.</summary>
    public required string Code { get; init; }

    /// <summary>Under which number the operator finds the call in the portal's log.</summary>
    public required string TraceId { get; init; }

    /// <summary>With the code InputRefused: what is wrong with each member of the body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Errors { get; init; }
}
