using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.App.Features.DataSync;

/// <content>What the person chooses, and the sync that is made of it.</content>
public sealed partial class NewSyncPage
{
    private void OpenChoice(SyncChoice choice) => (_left, _open) = (Open, choice);

    private Task ChooseAccount(SyncSource source)
    {
        (_left, _open) = (Open, null);
        if (source.Account.Value == Account) return Task.CompletedTask;
        (_draft!.Account, _draft.List, _draft.AdAccount, _draft.Audience) = (source.Account, null, null, null);
        (_draft.Conditions, _filterFields) = ([], null);
        Go(source.Account.Value, null, null, address: null);
        return NoteAsync(nameof(SyncTerms.Account));
    }

    private void FindLists(string address)
    {
        if (address == Address) _lists = null; // once more
        Go(Account, null, AdAccount, address);
    }

    private Task ChooseList(ContactList list)
    {
        (_left, _open) = (Open, _source is { CanFilter: true } ? SyncChoice.List : null);
        if (list.Key == List) return Task.CompletedTask;
        (_draft!.List, _draft.Conditions, _isFilterTried) = (list.Key, [], false);
        Go(Account, list.Key, AdAccount);
        return NoteAsync(nameof(SyncTerms.List));
    }

    private async Task ChooseAdAccountAsync(AssetId? adAccount)
    {
        _draft!.AdAccount = adAccount;
        (_draft.Audience, _audiences, _audiencesRefusal) = (null, null, null);
        await NoteAsync(nameof(SyncTerms.AdAccount));
        await TryAsync(ReadAudiencesAsync);
    }

    private async Task ChooseIsNewAsync(bool isNew)
    {
        _isNewAudience = isNew;
        _audienceProblem = null;
        if (isNew) _draft!.Audience = null;
        await NoteAsync(nameof(SyncTerms.Audience));
        if (!isNew) await TryAsync(ReadAudiencesAsync);
    }

    private Task ChooseAudience(string audience)
    {
        (_draft!.Audience, _audienceProblem) = (audience, null);
        return NoteAsync(nameof(SyncTerms.Audience));
    }

    private async Task LeaveTargetAsync()
    {
        _audienceProblem = !_isNewAudience && _draft!.Audience is null ? Text["ChooseAudience"].Value : null;
        var isNamed = !_isNewAudience || !(await _rules(_draft!, nameof(SyncTerms.AudienceName))).Any();
        if (_audienceProblem is not null || !isNamed)
        {
            await _form!.JudgeAsync();
            return;
        }

        (_left, _open) = (Open, null);
        if (AdAccount != _draft!.AdAccount?.Value) Go(Account, List, _draft.AdAccount?.Value);
    }

    private Task TakeColumnsAsync(IReadOnlyList<SyncColumn> columns)
    {
        (_draft!.Columns, _columnsProblem) = ([.. columns], null);
        return NoteAsync(nameof(SyncTerms.Columns));
    }

    private Task TakeCountryAsync(string? country)
    {
        _draft!.DefaultCountry = country;
        return NoteAsync(nameof(SyncTerms.DefaultCountry));
    }

    private async Task LeaveColumnsAsync()
    {
        _columnsProblem = (await _rules(_draft!, nameof(SyncTerms.Columns))).FirstOrDefault();
        if (_columnsProblem is not null)
        {
            await _form!.JudgeAsync();
            return;
        }

        (_left, _open, _draft!.ColumnsSeen) = (Open, null, true);
        await NoteAsync(nameof(SyncTerms.Columns));
    }

    private Task ChooseIntervalAsync(SyncInterval every)
    {
        _draft!.Every = every;
        return NoteAsync(nameof(SyncTerms.Every));
    }

    private Task SaveAsync() => _isSaved ? Task.CompletedTask : RunAsync(async caller =>
    {
        var created = await syncs.CreateAsync(caller, _draft!.ToTerms(), Leaving);
        _refusal = created.Error;
        if (created.Error is InputRefused refused)
        {
            _open = StepOf(refused.Fields.Keys);
            StateHasChanged(); // the fields must be there to show what is wrong with them
            await _form!.RefuseAsync(refused);
        }

        if (!created.Succeeded) return;
        _isSaved = true; // until the browser is on its way, the button must not make another
        await _form!.SavedAsync();
        Navigation.NavigateTo($"/data-sync/{created.Value}");
    });

    /// <summary>Where the first of these fields stands; null = in the last choice, which is open.</summary>
    private static SyncChoice? StepOf(IEnumerable<string> fields)
    {
        var names = fields.Select(field => field.Split('.', '[')[0]).ToHashSet();
        return names.Contains(nameof(SyncTerms.Account)) ? SyncChoice.Account
            : names.Overlaps([nameof(SyncTerms.List), nameof(SyncTerms.ListName), nameof(SyncTerms.Filter)]) ? SyncChoice.List
            : names.Overlaps([nameof(SyncTerms.AdAccount), nameof(SyncTerms.Audience), nameof(SyncTerms.AudienceName)]) ? SyncChoice.Target
            : names.Overlaps([nameof(SyncTerms.Columns), nameof(SyncTerms.DefaultCountry)]) ? SyncChoice.Columns
            : null;
    }

    /// <summary>Another choice in the address, to which Back leads again.</summary>
    private void Go(long? account, string? list, long? adAccount) => Go(account, list, adAccount, Address);

    private void Go(long? account, string? list, long? adAccount, string? address) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["account"] = account,
            ["address"] = address,
            ["list"] = list,
            ["adAccount"] = adAccount,
        }));

    private async Task NoteAsync(string field)
    {
        if (_form is not null) await _form.NoteChangeAsync(field);
    }
}
