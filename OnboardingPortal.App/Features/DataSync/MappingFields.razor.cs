using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.App.Features.DataSync;

public sealed partial class MappingFields
{
    private static readonly MatchKey[] s_usual = [MatchKey.Email, MatchKey.Phone, MatchKey.FirstName, MatchKey.LastName];
    private bool _showsAll;

    [Parameter, EditorRequired] public MappingProposal Proposal { get; set; } = null!;

    /// <summary>What is chosen; no key twice.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SyncColumn> Columns { get; set; } = [];

    [Parameter, EditorRequired] public string? Country { get; set; }

    [Parameter] public string? Problem { get; set; }

    [Parameter, EditorRequired] public EventCallback<IReadOnlyList<SyncColumn>> OnColumns { get; set; }

    [Parameter, EditorRequired] public EventCallback<string?> OnCountry { get; set; }

    private IReadOnlyList<MatchKey> Keys =>
        _showsAll ? MatchKeys.All : [.. MatchKeys.All.Where(k => s_usual.Contains(k) || Columns.Any(c => c.Key == k))];

    private IEnumerable<SyncColumn> Sent => Columns.OrderBy(c => c.Key);

    private string? FieldOf(MatchKey key) => Columns.FirstOrDefault(c => c.Key == key)?.Field;

    private string ValueOf(IReadOnlyList<string> row, SyncColumn column)
    {
        var place = Proposal.Fields.Index().FirstOrDefault(f => f.Item.Key == column.Field, (-1, null!)).Index;
        return place >= 0 && place < row.Count ? row[place] : "";
    }

    private Task ChooseAsync(MatchKey key, string field)
    {
        var others = Columns.Where(c => c.Key != key);
        var chosen = Proposal.Fields.FirstOrDefault(f => f.Key == field);
        return OnColumns.InvokeAsync(chosen is null ? [.. others] : [.. others, new SyncColumn(chosen.Key, chosen.Name, key)]);
    }
}
