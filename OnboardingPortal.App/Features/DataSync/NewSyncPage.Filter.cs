using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.App.Features.DataSync;

/// <content>Which of the list's people, where its platform can tell them apart.</content>
public sealed partial class NewSyncPage
{
    private IReadOnlyList<ContactFilterField>? _filterFields; // null = not read
    private string? _filterFieldsOf;                          // the list that they are of
    private PortalError? _filterRefusal;
    private string? _filterProblem;
    private bool _isFilterTried;

    /// <summary>Whether it is still being chosen whom of the list is taken: what is proposed depends on it.</summary>
    private bool IsFiltering => _open == SyncChoice.List && _source is { CanFilter: true };

    private string? Filter => new SalesforceFilter(_draft!.Conditions).Write();

    private async Task ReadFilterFieldsAsync(AgencyCaller caller, ConnectionId account, string list)
    {
        if (_filterFields is not null && _filterFieldsOf == list) return;
        var fields = await syncs.FilterFieldsAsync(caller, account, list, Leaving);
        (_filterFields, _filterRefusal, _filterFieldsOf) = (fields.Succeeded ? fields.Value : null, fields.Error, list);
    }

    private Task TakeConditionsAsync(IReadOnlyList<SalesforceCondition> conditions)
    {
        (_draft!.Conditions, _filterProblem) = ([.. conditions], null);
        return NoteAsync(nameof(SyncTerms.Filter));
    }

    private async Task LeaveListAsync()
    {
        _isFilterTried = true;
        _filterProblem = (await _rules(_draft!, nameof(SyncTerms.Filter))).FirstOrDefault();
        if (_filterProblem is not null || !FilterFields.AreSound(_filterFields!, _draft!.Conditions))
        {
            await _form!.JudgeAsync();
            return;
        }

        (_left, _open, _isFilterTried) = (Open, null, false);
        await ReloadAsync();
    }
}
