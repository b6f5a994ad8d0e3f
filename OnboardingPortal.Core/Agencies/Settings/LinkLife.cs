using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Agencies;

/// <summary>How long a link lives: whole days or calendar months.</summary>
/// <param name="Count">1 to 365 days or 1 to 12 months.</param>
/// <param name="Unit">Of what.</param>
public sealed record LinkLife(int Count, LinkLifeUnit Unit)
{
    /// <summary>One calendar month.</summary>
    public static LinkLife Default { get; } = new(1, LinkLifeUnit.Month);

    /// <summary>Whether it is one of the lives an agency may choose: one day to twelve months.</summary>
    [JsonIgnore]
    public bool IsAllowed => Count >= 1 && Count <= (Unit == LinkLifeUnit.Day ? 365 : 12);

    /// <summary>
    /// The fewest days a link of this life can live: a calendar month counts as it does from 1 February of a common year.
    /// </summary>
    [JsonIgnore]
    public int ShortestDays => Unit == LinkLifeUnit.Day ? Count : (CommonFebruary.AddMonths(Count) - CommonFebruary).Days;

    private static DateTime CommonFebruary => new(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// When a link sent at <paramref name="sentAt"/> dies. The last day of a shorter month stands for a day it does not have.
    /// </summary>
    public DateTimeOffset ExpiryOf(DateTimeOffset sentAt) => Unit == LinkLifeUnit.Day ? sentAt.AddDays(Count) : sentAt.AddMonths(Count);
}

/// <summary>What <see cref="LinkLife"/> counts. Stored by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LinkLifeUnit>))]
public enum LinkLifeUnit
{
    /// <summary>Days of 24 hours.</summary>
    Day,

    /// <summary>Calendar months.</summary>
    Month,
}
