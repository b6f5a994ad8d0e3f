using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class FilterFields(IJSRuntime script)
{
    private const string Add = "add-condition";
    private string? _focus; // what is to be focused once it is there

    /// <summary>What conditions may be about.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ContactFilterField> Fields { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<SalesforceCondition> Conditions { get; set; } = [];

    /// <summary>Whether the person wanted to go on: what is missing or wrong is told from then on.</summary>
    [Parameter, EditorRequired] public bool IsTried { get; set; }

    [Parameter, EditorRequired] public EventCallback<IReadOnlyList<SalesforceCondition>> OnChange { get; set; }

    /// <summary>Whether all conditions are whole, and about fields that are there.</summary>
    public static bool AreSound(IReadOnlyList<ContactFilterField> fields, IReadOnlyList<SalesforceCondition> conditions) =>
        conditions.All(c => fields.FirstOrDefault(f => f.Key == c.Field) is { } field && SalesforceConditions.Fits(field.Kind, c));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } id) return;
        _focus = null;
        await script.InvokeVoidAsync("portal.focus", id);
    }

    private static string IdOf(int number) => $"condition-{number}-field";

    private static string IdOfNote(int number) => $"condition-{number}-note";

    private static InputType InputOf(ContactFilterKind kind) => kind switch
    {
        ContactFilterKind.Number => InputType.Number,
        ContactFilterKind.Day => InputType.Date,
        _ => InputType.Text,
    };

    private ContactFilterKind? KindOf(SalesforceCondition condition) => Fields.FirstOrDefault(f => f.Key == condition.Field)?.Kind;

    private string? ProblemOf(SalesforceCondition condition)
    {
        if (!IsTried) return null;
        return KindOf(condition) switch
        {
            null when condition.Field.Length == 0 => Text["FieldMissing"].Value,
            null => Text["FieldGone", condition.Name ?? condition.Field].Value,
            { } kind when SalesforceConditions.Fits(kind, condition) => null,
            ContactFilterKind.Number => Text["NumberMissing"].Value,
            ContactFilterKind.Day => Text["DayMissing"].Value,
            _ => Text["ValueMissing"].Value,
        };
    }

    private string? HintOf(SalesforceCondition condition) =>
        KindOf(condition) is { } and not ContactFilterKind.YesNo && condition.Value.Length == 0
            && condition.Comparison is SalesforceComparison.Is or SalesforceComparison.IsNot
            ? Text["EmptyValueHint"].Value
            : null;

    /// <summary>The id of what describes a condition further; null while nothing does.</summary>
    private string? NoteOf(int number, SalesforceCondition condition) =>
        ProblemOf(condition) is null && HintOf(condition) is null ? null : IdOfNote(number);

    private Task AddAsync()
    {
        _focus = IdOf(Conditions.Count);
        return OnChange.InvokeAsync([.. Conditions, new SalesforceCondition("", SalesforceComparison.Is, "")]);
    }

    private Task RemoveAsync(int number)
    {
        _focus = Add;
        return OnChange.InvokeAsync([.. Conditions.Where((_, at) => at != number)]);
    }

    private Task ChooseFieldAsync(int number, string key) => ReplaceAsync(
        number, Fields.FirstOrDefault(f => f.Key == key) is { } field
            ? SalesforceConditions.On(field)
            : new SalesforceCondition("", SalesforceComparison.Is, ""));

    private Task CompareAsync(int number, string name) =>
        ReplaceAsync(number, Conditions[number] with { Comparison = Enum.Parse<SalesforceComparison>(name) });

    private Task TypeAsync(int number, string value) => ReplaceAsync(number, Conditions[number] with { Value = value });

    private Task ReplaceAsync(int number, SalesforceCondition condition) =>
        OnChange.InvokeAsync([.. Conditions.Select((c, at) => at == number ? condition : c)]);
}
