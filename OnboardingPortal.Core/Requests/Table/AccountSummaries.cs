using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What the table shows of each platform of a request, in the order of the form. The text that the database keeps is read when somebody
/// asks for the first of them; two that are kept as the same text are equal.
/// </summary>
public sealed class AccountSummaries : IReadOnlyList<AccountSummary>, IEquatable<AccountSummaries>
{
    private IReadOnlyList<AccountSummary>? _items;

    private AccountSummaries(string json, IReadOnlyList<AccountSummary>? items)
    {
        Json = json;
        _items = items;
    }

    /// <summary>Those of a request that asks for nothing yet.</summary>
    public static AccountSummaries None { get; } = new("[]", []);

    /// <summary>Compact JSON, as the database keeps it.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public int Count => Items.Count;

    private IReadOnlyList<AccountSummary> Items =>
        _items ??= JsonSerializer.Deserialize(Json, AccountSummaryJson.Default.IReadOnlyListAccountSummary) ?? [];

    /// <inheritdoc />
    public AccountSummary this[int index] => Items[index];

    /// <summary>Those of a request.</summary>
    public static AccountSummaries Of(IReadOnlyList<AccountSummary> summaries) =>
        new(JsonSerializer.Serialize(summaries, AccountSummaryJson.Default.IReadOnlyListAccountSummary), summaries);

    /// <summary>Those that were kept.</summary>
    /// <param name="json">What <see cref="Json"/> gave.</param>
    public static AccountSummaries Read(string json) => new(json, null);

    /// <inheritdoc />
    public IEnumerator<AccountSummary> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public bool Equals(AccountSummaries? other) => other is not null && Json == other.Json;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AccountSummaries);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Json);

    /// <summary>Compact JSON.</summary>
    public override string ToString() => Json;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(IReadOnlyList<AccountSummary>))]
internal sealed partial class AccountSummaryJson : JsonSerializerContext;
