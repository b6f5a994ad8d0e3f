using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>A kind of people in an organisation as it describes it itself: contacts or leads.</summary>
/// <param name="Name">Salesforce's name of it, which is also the list's key.</param>
/// <param name="Kind">What it is to the portal.</param>
/// <param name="Description">The organisation's.</param>
internal sealed partial record SalesforceObject(string Name, ContactListKind Kind, SalesforceDescription Description)
{
    public const int MaxNameLength = 80;
    private const string OptOut = "HasOptedOutOfEmail";
    private static readonly string[] Texts = ["string", "email", "phone", "picklist", "combobox"];
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private static readonly string[] Numbers = ["int", "long", "double", "currency", "percent"];

    /// <summary>The two kinds, by the names that Salesforce has for them.</summary>
    public static IReadOnlyDictionary<string, ContactListKind> Kinds { get; } =
        new Dictionary<string, ContactListKind> { ["Contact"] = ContactListKind.Contacts, ["Lead"] = ContactListKind.Leads };

    /// <summary>What can be sent of a person: texts and days.</summary>
    public IReadOnlyList<ContactField> Sendable =>
    [
        .. Known.Where(f => Texts.Contains(f.Type) || f.Type == "date")
            .Select(f => new ContactField(f.Name!, f.Label is { Length: > 0 } label ? label : f.Name!)),
    ];

    /// <summary>What people can be chosen by: texts, numbers, days and truth values.</summary>
    public IReadOnlyList<ContactFilterField> Filterable =>
    [
        .. Known.Where(f => f.Filterable != false && KindOf(f) is not null)
            .Select(f => new ContactFilterField(f.Name!, f.Label is { Length: > 0 } label ? label : f.Name!, KindOf(f)!.Value)),
    ];

    /// <summary>Whether whoever connected the organisation may see who wants no e-mail.</summary>
    public bool TellsOptOut => Find(OptOut) is not null;

    private IEnumerable<SalesforceField> Known =>
        (Description.Fields ?? []).Where(f => f is { DeprecatedAndHidden: not true, Name: { } name } && FieldName().IsMatch(name));

    /// <summary>The columns of a reading: the id, who wants no e-mail where that can be seen, and what was chosen.</summary>
    public static IReadOnlyList<string> Columns(ContactSelection selection, bool tellsOptOut)
    {
        IEnumerable<string> first = tellsOptOut ? ["Id", OptOut] : ["Id"];
        return [.. first.Concat(selection.Fields.Select(f => f.Key)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The chosen fields that are there no more.</summary>
    public IReadOnlyList<string> Gone(ContactSelection selection) =>
        [.. selection.Fields.Where(f => Find(f.Key) is null).Select(f => f.Name)];

    /// <summary>What is asked for, without an order.</summary>
    /// <param name="selection">Fields that are there.</param>
    /// <param name="conditions">Of <see cref="Conditions"/>.</param>
    public string Query(ContactSelection selection, IReadOnlyList<string> conditions) =>
        $"SELECT {string.Join(", ", Columns(selection, TellsOptOut))} FROM {Name}{Where(conditions)}";

    /// <summary>Asks how many there are.</summary>
    public string Count(IReadOnlyList<string> conditions) => $"SELECT COUNT() FROM {Name}{Where(conditions)}";

    /// <summary>
    /// The conditions in Salesforce's language. A value stands in quotes with all escaped that could end them, or is a number, a day or a
    /// truth value that was read and written anew; a field is named only as the organisation describes it.
    /// </summary>
    /// <seealso href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/" />
    /// <returns>The conditions; a <see cref="ContactFieldsGone"/>; or a <see cref="PlatformFailure"/> for a value that the field cannot
    /// have.</returns>
    public Result<IReadOnlyList<string>> Conditions(SalesforceFilter filter)
    {
        var conditions = new List<string>();
        if (Kind == ContactListKind.Leads) conditions.Add("IsConverted = false");
        var gone = filter.Conditions.Where(c => Find(c.Field) is null).Select(c => c.Name ?? c.Field).ToList();
        if (gone.Count > 0) return new ContactFieldsGone(gone, AreRenamed: false) { AreOfFilter = true };
        foreach (var condition in filter.Conditions)
        {
            if (Condition(condition, Find(condition.Field)!) is not { } text)
                return new PlatformFailure(SalesforceDefaults.Key, PlatformFailureKind.InvalidRequest);
            conditions.Add(text);
        }

        return conditions;
    }

    /// <summary>Whether a field of this kind can be compared as a condition says.</summary>
    public static bool Fits(ContactFilterKind kind, SalesforceCondition condition)
    {
        var type = kind switch
        {
            ContactFilterKind.Number => "double",
            ContactFilterKind.Day => "date",
            ContactFilterKind.YesNo => "boolean",
            _ => "string",
        };
        return Condition(condition, new SalesforceField(condition.Field, null, type, null)) is not null;
    }

    private static ContactFilterKind? KindOf(SalesforceField field) => field.Type switch
    {
        "date" or "datetime" => ContactFilterKind.Day,
        "boolean" => ContactFilterKind.YesNo,
        _ when Texts.Contains(field.Type) => ContactFilterKind.Text,
        _ when Numbers.Contains(field.Type) => ContactFilterKind.Number,
        _ => null,
    };

    private static string Where(IReadOnlyList<string> conditions) =>
        conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";

    private static string? Condition(SalesforceCondition condition, SalesforceField field)
    {
        var isText = Texts.Contains(field.Type);
        var (sign, isOrder) = condition.Comparison switch
        {
            SalesforceComparison.Is => ("=", false),
            SalesforceComparison.IsNot => ("!=", false),
            SalesforceComparison.MoreThan => (">", true),
            SalesforceComparison.LessThan => ("<", true),
            _ => ("LIKE", true),
        };
        if (string.IsNullOrWhiteSpace(condition.Value)) return isOrder ? null : $"{field.Name} {sign} null";
        if (condition.Comparison == SalesforceComparison.Contains)
            return isText ? $"{field.Name} LIKE '%{Escape(condition.Value, isPattern: true)}%'" : null;
        if (isText) return $"{field.Name} {sign} '{Escape(condition.Value, isPattern: false)}'";
        return Literal(condition.Value.Trim(), field.Type, isOrder) is { } literal ? $"{field.Name} {sign} {literal}" : null;
    }

    /// <summary>A value that stands without quotes; null when the field cannot have it.</summary>
    private static string? Literal(string value, string? type, bool isOrder) => type switch
    {
        "boolean" when !isOrder && bool.TryParse(value, out var truth) => truth ? "true" : "false",
        "date" when Day(value) is { } day => day,
        "datetime" when Day(value) is { } day => $"{day}T00:00:00Z",
        _ when Numbers.Contains(type) && decimal.TryParse(value, Plain, CultureInfo.InvariantCulture, out var number) =>
            number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Day(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    private static string Escape(string value, bool isPattern)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var character in value)
        {
            if (character is '\\' or '\'' or '"' || (isPattern && character is '%' or '_')) text.Append('\\');
            text.Append(character);
        }

        return text.ToString();
    }

    private SalesforceField? Find(string name) => Known.FirstOrDefault(f => f.Name == name);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,79}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();
}
