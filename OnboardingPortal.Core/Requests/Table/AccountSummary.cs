using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Requests;

/// <summary>What the table shows of one requested platform. Kept with the request, so that a page of the table reads one table.</summary>
/// <param name="Platform">The platform's key.</param>
/// <param name="Connected">How many accounts or assets the agency can use.</param>
/// <param name="Waiting">How many wait for somebody.</param>
/// <param name="Problem">Whether something went wrong: the red dot.</param>
/// <param name="Declined">Whether the client does not connect the platform.</param>
/// <param name="Names">The first <see cref="MaxNames"/> connected accounts, by name; hostile text.</param>
/// <param name="NotAllowed">Whether they declined because they may not grant access, and not because they do not use it. Written only when
/// so.</param>
public sealed record AccountSummary(
    [property: JsonPropertyName("p")] string Platform,
    [property: JsonPropertyName("c")] int Connected,
    [property: JsonPropertyName("w")] int Waiting,
    [property: JsonPropertyName("e")] bool Problem,
    [property: JsonPropertyName("d")] bool Declined,
    [property: JsonPropertyName("n")] IReadOnlyList<string> Names,
    [property: JsonPropertyName("r"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NotAllowed = false)
{
    /// <summary>How many names are kept.</summary>
    public const int MaxNames = 3;

    /// <summary>The platform as a key.</summary>
    [JsonIgnore]
    public PlatformKey Key => new(Platform);

    /// <summary>Sums up what came of one platform of a request.</summary>
    internal static AccountSummary Of(OnboardingRequest request, RequestedPlatform requested)
    {
        var outcome = PlatformOutcome.Of(request, requested);
        return new AccountSummary(
            requested.Platform.Value,
            outcome.Granted.Count,
            outcome.Waiting.Count,
            outcome.Problems.Count > 0,
            outcome.Declined is not null,
            [.. outcome.Granted.Take(MaxNames)],
            outcome.Declined == DeclineReason.NotAllowed);
    }
}
