using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Bulk;

/// <summary>One import: its rows and problems before it is sent, how far it is meanwhile, what became of it. Never holds more than a page of rows.</summary>
public sealed partial class LiveImport(
    PortalPageServices services, BulkService bulk, PlatformCatalog platforms, IStringLocalizer<BulkText> text, IStringLocalizer<SharedText> shared,
    IStringLocalizer<PortalError> errors, TimeProvider clock) : PortalPage(services)
{
    private const int PageSize = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IStringLocalizer<BulkText> _text = text;
    private readonly IStringLocalizer<SharedText> _shared = shared;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly Stack<int> _earlier = [];           // where the pages before begin
    private BulkOverview? _import;                       // null until loaded
    private BulkPage _page = new([], false);
    private int _after;
    private bool _onlyProblems;
    private bool _asks;
    private bool _isFollowing;
    private PortalError? _refusal;

    [Parameter, EditorRequired] public long Id { get; set; }

    private BulkImportId Import => new(Id);

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _import = await bulk.FindAsync(caller, Import, Leaving);
        if (_import is null)
        {
            Navigation.NavigateTo("/collaboration/requests/import"); // thrown away in another window
            return;
        }

        var (after, onlyProblems) = (_after, _onlyProblems);
        var page = await bulk.ListRowsAsync(caller, Import, onlyProblems, after, PageSize, Leaving);
        if ((after, onlyProblems) == (_after, _onlyProblems)) _page = page; // else the person has turned meanwhile, and theirs is on its way
        if (_import.State == BulkImportState.Sending) _ = FollowAsync();
    }

    /// <summary>Reads again once a second while the import is being sent, whichever node sends it.</summary>
    private async Task FollowAsync()
    {
        if (_isFollowing) return;
        _isFollowing = true;
        try
        {
            using var timer = new PeriodicTimer(Pause, clock);
            while (_import is { State: BulkImportState.Sending } && await timer.WaitForNextTickAsync(Leaving))
            {
                await TryAsync(LoadAsync);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            return; // the person left the page
        }
        finally
        {
            _isFollowing = false;
        }
    }

    private Task SendAsync() => ActAsync(caller => bulk.SendAsync(caller, Import, Leaving));

    private Task CancelAsync() => ActAsync(caller => bulk.CancelAsync(caller, Import, Leaving));

    private Task ActAsync(Func<AgencyCaller, Task<PortalError?>> action) => RunAsync(async caller =>
    {
        _refusal = await action(caller);
        _asks = false;
        await LoadAsync(caller);
    });

    private Task FilterAsync(ChangeEventArgs change)
    {
        (_onlyProblems, _after) = (change.Value is true, 0);
        _earlier.Clear();
        return RunAsync(LoadAsync);
    }

    private Task TurnAsync()
    {
        _earlier.Push(_after);
        _after = _page.Lines[^1].Line;
        return RunAsync(LoadAsync);
    }

    private Task TurnBackAsync()
    {
        if (_earlier.TryPop(out var after)) _after = after;
        return RunAsync(LoadAsync);
    }

    private string SendWords(BulkOverview import) => import.Ready == 1 ? _text["SendOne"] : _text["Send", Number(import.Ready)];

    private string ProgressText(BulkOverview import) => _text["ProgressText", Number(import.Sent + import.Failed), Number(import.ToSend)];

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
