using System.Text.Json;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Which of an organisation's people are read: those that meet every condition.</summary>
/// <param name="Conditions">At most <see cref="MaxConditions"/>; none = everybody.</param>
public sealed record SalesforceFilter(IReadOnlyList<SalesforceCondition> Conditions)
{
    /// <summary>The most conditions.</summary>
    public const int MaxConditions = 5;

    /// <summary>The longest value of a condition, in UTF-16 code units.</summary>
    public const int MaxValueLength = 255;

    /// <summary>Everybody.</summary>
    public static SalesforceFilter None { get; } = new([]);

    /// <summary>The filter as <see cref="Contacts.ContactSelection.Filter"/> holds it; null for everybody.</summary>
    public string? Write() =>
        Conditions.Count == 0 ? null : JsonSerializer.Serialize(Conditions, SalesforceJson.Default.IReadOnlyListSalesforceCondition);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">Null or blank = everybody; hostile text.</param>
    /// <returns>Null for text that is no filter, or one of too many or too long conditions.</returns>
    public static SalesforceFilter? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return None;
        try
        {
            var conditions = JsonSerializer.Deserialize(text, SalesforceJson.Default.IReadOnlyListSalesforceCondition);
            return conditions is { Count: <= MaxConditions } && conditions.All(c => c is { IsSensible: true }) ? new(conditions) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One condition.</summary>
/// <param name="Field">A <see cref="Contacts.ContactField.Key"/> of the list.</param>
/// <param name="Comparison">How the field and the value compare.</param>
/// <param name="Value">Typed by a person; hostile text. Blank with <see cref="SalesforceComparison.Is"/> and
/// <see cref="SalesforceComparison.IsNot"/>: the field is or is not empty. Days are written <c>2026-12-31</c>.</param>
public sealed record SalesforceCondition(string Field, SalesforceComparison Comparison, string Value)
{
    /// <summary>The field's name for people when the condition was made, at most 80 UTF-16 code units; hostile text. Null = not
    /// kept.</summary>
    public string? Name { get; init; }

    internal bool IsSensible =>
        Field is { Length: > 0 and <= SalesforceObject.MaxNameLength } && Enum.IsDefined(Comparison)
        && Name is null or { Length: <= SalesforceObject.MaxNameLength }
        && Value is { Length: <= SalesforceFilter.MaxValueLength } && !Value.Any(char.IsControl);
}

/// <summary>What conditions of a field can be.</summary>
public static class SalesforceConditions
{
    /// <summary>How such a field can compare, the usual way first.</summary>
    public static IReadOnlyList<SalesforceComparison> Of(ContactFilterKind kind) => kind switch
    {
        ContactFilterKind.Text => [SalesforceComparison.Is, SalesforceComparison.IsNot, SalesforceComparison.Contains],
        ContactFilterKind.YesNo => [SalesforceComparison.Is],
        _ => [SalesforceComparison.Is, SalesforceComparison.IsNot, SalesforceComparison.MoreThan, SalesforceComparison.LessThan],
    };

    /// <summary>A first condition on a field, whose value is still to be typed where it is not yes or no.</summary>
    public static SalesforceCondition On(ContactFilterField field) =>
        new(field.Key, Of(field.Kind)[0], field.Kind == ContactFilterKind.YesNo ? "true" : "")
        {
            Name = ForeignText.Fit(field.Name, SalesforceObject.MaxNameLength),
        };

    /// <summary>Whether such a field can be compared so with this value.</summary>
    public static bool Fits(ContactFilterKind kind, SalesforceCondition condition) =>
        condition.IsSensible && Of(kind).Contains(condition.Comparison) && SalesforceObject.Fits(kind, condition);
}

/// <summary>How a condition compares. Written by name.</summary>
public enum SalesforceComparison
{
    /// <summary>The field is the value; case does not matter.</summary>
    Is,

    /// <summary>The field is anything else, or empty.</summary>
    IsNot,

    /// <summary>The field's text contains the value; case does not matter.</summary>
    Contains,

    /// <summary>The field comes after the value: later, more, further down the alphabet.</summary>
    MoreThan,

    /// <summary>The field comes before the value.</summary>
    LessThan,
}
