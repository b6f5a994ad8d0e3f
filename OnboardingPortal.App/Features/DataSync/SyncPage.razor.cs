using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>One sync: how it is, what the next run would do, what its runs have done. Follows along while it runs.</summary>
public sealed partial class SyncPage(
    PortalPageServices services, SyncService syncs, SyncFeed feed, PlatformCatalog platforms, IDialogService dialogs,
    TimeProvider clock, IStringLocalizer<PortalError> errors) : FollowingPage<AudienceSyncId?>(services)
{
    private const int RunsAtOnce = 20; // as the service gives them

    private readonly PlatformCatalog _platforms = platforms;
    private readonly TimeProvider _clock = clock;
    private SyncView? _view;                            // null until loaded, and when the sync is deleted
    private IReadOnlyList<SyncRunLine> _runs = [];      // those of the view, and older ones as far as they were asked for
    private bool _hasMore;

    [Parameter] public long Id { get; set; }

    protected override object? Subject => Id;

    private IReadOnlyList<BreadcrumbItem> Trail => [new(Text["Title"], "/data-sync")];

    private AudienceSyncId Sync => AudienceSyncId.From(Id);

    /// <summary>A sync that is deleted, unknown or another agency's gives the same answer.</summary>
    protected override async Task CheckAddressAsync(AgencyCaller caller)
    {
        if (!(await syncs.FindAsync(caller, Sync, Leaving)).Succeeded) Navigation.NotFound();
    }

    protected override IDisposable Subscribe(AgencyCaller caller, Action<AudienceSyncId?> changed) => feed.Subscribe(caller, sync =>
    {
        if (sync is null || sync == Sync) changed(sync);
    });

    protected override async Task ReadAsync(AgencyCaller caller)
    {
        var id = Sync;
        var found = await syncs.FindAsync(caller, id, Leaving);
        if (id != Sync) return; // another sync's page was opened meanwhile, and its reading is on its way
        var isAnother = _view?.Line.Id != id;
        _view = found.Succeeded ? found.Value : null;
        if (_view is null)
        {
            Navigation.NotFound();
            return;
        }

        if (isAnother) _hasMore = _view.Runs.Count == RunsAtOnce;
        _runs = [.. _view.Runs, .. isAnother || _view.Runs.Count == 0 ? [] : _runs.Where(run => run.Id < _view.Runs[^1].Id)];
    }

    private Task ReadMoreAsync() => RunAsync(async caller =>
    {
        var more = await syncs.RunsAsync(caller, Sync, _runs[^1].Id, Leaving);
        if (!more.Succeeded) return;
        _runs = [.. _runs, .. more.Value];
        _hasMore = more.Value.Count == RunsAtOnce;
    });

    private Task CureAsync(SyncRemedy remedy)
    {
        switch (remedy)
        {
            case SyncRemedy.SendReconnectLink:
                var open = _view is { Request: { } request, IsRequestOver: false } ? request.ToString() : "new";
                Navigation.NavigateTo($"/collaboration/requests/{open}");
                return Task.CompletedTask;
            case SyncRemedy.SignInAtFacebook:
                Navigation.NavigateTo("/settings/facebook");
                return Task.CompletedTask;
            case SyncRemedy.StartOver:
                Navigation.NavigateTo(_view!.Account is { } account ? $"/data-sync/new?account={account}" : "/data-sync/new");
                return Task.CompletedTask;
            case SyncRemedy.ChooseColumns:
                return ChooseColumnsAsync();
            case SyncRemedy.ChangeFilter:
                return ChangeFilterAsync();
            case SyncRemedy.RenameAudience:
                return RenameAsync();
            case SyncRemedy.DeleteAudience:
                return DeleteAsync(withAudience: true);
            default:
                var failed = _view!.Runs.FirstOrDefault(r => r.State == SyncRunState.Failed);
                return failed?.Kind == SyncRunKind.Plan || _view.Line.State == SyncState.New ? MakePlanAsync() : StartAsync();
        }
    }

    private Task MakePlanAsync() => ActAsync(caller => syncs.PlanAsync(caller, Sync, Leaving));

    private Task StartAsync() => ActAsync(caller => syncs.RunAsync(caller, Sync, Leaving));

    private Task CancelAsync() => ActAsync(caller => syncs.CancelAsync(caller, Sync, Leaving));

    private Task PauseAsync() => ActAsync(caller => syncs.PauseAsync(caller, Sync, Leaving));

    private Task ResumeAsync() => ActAsync(caller => syncs.ResumeAsync(caller, Sync, Leaving));

    private Task ScheduleAsync(SyncInterval every) => ActAsync(caller => syncs.ScheduleAsync(caller, Sync, every, Leaving));

    private async Task RenameAsync()
    {
        var parameters = new DialogParameters<RenameAudienceDialog>
        {
            { d => d.Current, _view!.Line.AudienceName },
            { d => d.Proposed, Text.ProposedName(_platforms.NameOf(_view.Line.Platform), [_view.Line.AudienceName]) },
            { d => d.Save, name => AnswerAsync(caller => syncs.RenameAudienceAsync(caller, Sync, name, Leaving)) },
        };
        await AskAsync<RenameAudienceDialog>(Text["RenameTitle"], parameters, Text["Renamed"]);
    }

    private async Task ChooseColumnsAsync()
    {
        var parameters = new DialogParameters<ColumnsDialog>
        {
            { d => d.View, _view! },
            { d => d.Propose, ProposeAsync },
            { d => d.Save, (columns, country) =>
                AnswerAsync(caller => syncs.ChangeColumnsAsync(caller, Sync, columns, country, Leaving)) },
        };
        await AskAsync<ColumnsDialog>(Text["ColumnsTitle"], parameters, Text["ColumnsChanged"]);
    }

    private async Task ChangeFilterAsync()
    {
        var parameters = new DialogParameters<FilterDialog>
        {
            { d => d.Conditions, SalesforceFilter.Read(_view!.Filter)?.Conditions ?? [] },
            { d => d.Read, ReadFilterFieldsAsync },
            { d => d.Save, filter => AnswerAsync(caller => syncs.ChangeFilterAsync(caller, Sync, filter, Leaving)) },
        };
        await AskAsync<FilterDialog>(Text["FilterTitle"], parameters, Text["FilterChanged"]);
    }

    private async Task<Result<IReadOnlyList<ContactFilterField>>?> ReadFilterFieldsAsync()
    {
        Result<IReadOnlyList<ContactFilterField>>? fields = null;
        await TryAsync(async caller =>
        {
            if (_view is { Account: { } account, List: { } list })
                fields = await syncs.FilterFieldsAsync(caller, account, list, Leaving);
        });
        return fields;
    }

    private async Task<Result<MappingProposal>?> ProposeAsync()
    {
        Result<MappingProposal>? proposal = null;
        await TryAsync(async caller =>
        {
            if (_view is { Account: { } account, List: { } list })
                proposal = await syncs.ProposeAsync(caller, account, list, _view.Filter, Leaving);
        });
        return proposal;
    }

    private async Task DeleteAsync(bool withAudience)
    {
        var parameters = new DialogParameters<DeleteSyncDialog>
        {
            { d => d.Line, _view!.Line },
            { d => d.StartsWithAudience, withAudience },
            { d => d.Delete, with => AnswerAsync(caller => syncs.DeleteAsync(caller, Sync, with, Leaving)) },
        };
        var dialog = await dialogs.ShowAsync<DeleteSyncDialog>(Text["DeleteTitle"], parameters);
        if (await dialog.Result is not { Canceled: false }) return;
        Notices.ShowNext(Notice.Done(Text["Deleted"]));
        Navigation.NavigateTo("/data-sync");
    }

    /// <summary>Opens a dialog that saves by itself, and tells and reads anew when it did.</summary>
    private async Task AskAsync<TDialog>(string title, DialogParameters<TDialog> parameters, string done)
        where TDialog : IComponent
    {
        var dialog = await dialogs.ShowAsync<TDialog>(title, parameters);
        if (await dialog.Result is not { Canceled: false }) return;
        Notices.Show(Notice.Done(done));
        await ReloadAsync();
    }

    private Task ActAsync(Func<AgencyCaller, Task<PortalError?>> action) => RunAsync(async caller =>
    {
        Notices.Show(await action(caller) is { } refusal ? Notice.Refused(errors.For(refusal, _platforms)) : null);
        await LoadAsync(caller);
    });
}
