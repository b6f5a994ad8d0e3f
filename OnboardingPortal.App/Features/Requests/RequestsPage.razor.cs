using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The live table of requests. What is looked at stands in the address; how it is looked at is kept for the user.</summary>
public sealed partial class RequestsPage(
    PortalPageServices services, RequestTable table, RequestLines lines, RequestFeed feed, RequestActions actions, SeveralRequests several,
    RequestDialogs dialogs,
    RequestDetailsReader details, OwnAccount account, IStringLocalizer<RequestsText> text, IJSRuntime script) : PortalPage(services)
{
    private readonly IStringLocalizer<RequestsText> _text = text;
    private readonly RowChanges _changes = new();
    private readonly HashSet<RequestId> _selected = [];    // of the rows that are shown
    private readonly List<RequestChanged> _news = [];      // what changed while a page is read
    private readonly Queue<RequestFilter> _asked = [];     // on their way into the address
    private TableView _view = TableView.Usual;
    private RequestFilter _filter = RequestFilter.None;    // what was asked for last; the rows follow
    private RequestFilter _address = RequestFilter.None;
    private RequestList? _list;                            // null until the first reading
    private IDisposable? _subscription;
    private RequestId? _menuOf;
    private IReadOnlyList<RequestId> _deleted = [];        // whose rows are about to leave
    private int _readings;

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery] private string? Status { get; set; }

    [SupplyParameterFromQuery] private string? Sort { get; set; }

    [SupplyParameterFromQuery] private string? After { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    [SupplyParameterFromQuery] private string? Recipient { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    protected override object Subject => _filter;

    private IReadOnlyList<RequestLineView> Selected => [.. _list!.Lines.Where(line => _selected.Contains(line.Id))];

    protected override void OnInitialized() => TakeAddress();

    protected override void OnParametersSet() => TakeAddress();

    private void TakeAddress()
    {
        var address = RequestFilter.Read(Search, Status, Sort) with { Place = RequestPlace.Read(After, Before, Recipient, From) };
        if (address == _address) return;
        _address = address;
        if (_asked.Contains(address))
        {
            while (_asked.Dequeue() != address)
            {
                continue; // that one was overtaken
            }

            return;
        }

        _asked.Clear();
        _filter = address; // back, forward, or a link
    }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        if (_subscription is null)
        {
            _view = await account.FindTableViewAsync(caller, Leaving);
            _subscription = feed.Subscribe(caller, change => _ = InvokeAsync(() => TakeAsync(change)));
        }

        var list = new RequestList(table, lines, caller.Scope, _filter, _view.Rows);
        _readings++;
        try
        {
            await list.LoadAsync(_list, Leaving);
            foreach (var change in _news) list.Take(change);
        }
        finally
        {
            if (--_readings == 0) _news.Clear();
        }

        if (list.Filter != _filter) return; // another view is wanted by now, and read after this one
        _list = list;
        _menuOf = null;
        _selected.Clear();
        // all of that page is gone
        if (list.Lines.Count == 0 && _filter.Place is not null) await ShowAsync(_filter with { Place = null }, replace: true);
    }

    private async Task TakeAsync(RequestChanged change)
    {
        if (change.IsUnknown)
        {
            await TryAsync(LoadAsync);
            StateHasChanged();
            return;
        }

        if (_readings > 0) _news.Add(change);
        if (_list is not { } list) return;
        var (hasOtherRows, changed) = list.Take(change);
        if (changed is not null) _changes.Tell(changed);
        if (!hasOtherRows) return;
        if (change.Row is null) _selected.Remove(change.Id);
        if (list.Lines.Count == 0 && (list.HasBefore || list.HasAfter)) await TryAsync(LoadAsync);
        StateHasChanged();
    }

    /// <summary>Shows another view, at once; the address follows. What is typed leaves no trail of letters to go back through.</summary>
    private Task ShowAsync(RequestFilter filter) => ShowAsync(filter, replace: filter.Search != _filter.Search);

    private Task ShowAsync(RequestFilter filter, bool replace)
    {
        if (filter == _filter) return Task.CompletedTask;
        _filter = filter;
        _asked.Enqueue(filter);
        Navigation.NavigateTo(filter.Address, replace: replace);
        return ReadSubjectAsync();
    }

    private Task KeepViewAsync(TableView view) => RunAsync(async caller =>
    {
        var isResized = view.Rows != _view.Rows;
        _view = view;
        await account.KeepTableViewAsync(caller, view, Leaving);
        if (isResized) await LoadAsync(caller);
    });

    private void SelectAll(bool on)
    {
        _selected.Clear();
        if (on) _selected.UnionWith(_list!.Lines.Select(line => line.Id));
    }

    private Task ActAsync(RowActionEventArgs action)
    {
        if (_list?.Lines.FirstOrDefault(line => line.Key == action.Id) is not { } line) return Task.CompletedTask; // gone a moment ago
        switch (action.Kind)
        {
            case "problem": return ShowProblemAsync(line.Id, new PlatformKey(action.Platform));
            case "menu": _menuOf = line.Id; break;
            case "select" when action.On: _selected.Add(line.Id); break;
            case "select": _selected.Remove(line.Id); break;
        }

        return Task.CompletedTask;
    }

    /// <summary>Closes the row's menu, unless that of another row is open by now.</summary>
    private async Task CloseMenuAsync(RequestLineView line)
    {
        if (_menuOf != line.Id) return;
        _menuOf = null;
        StateHasChanged();
        await ReturnFocusAsync(line);
    }

    /// <summary>What a dialog gives the focus back to went with the menu, where both come close together.</summary>
    private ValueTask ReturnFocusAsync(RequestLineView line) => script.InvokeVoidAsync("portal.returnFocus", line.ActionsId);

    private async Task ShowProblemAsync(RequestId id, PlatformKey platform)
    {
        if (await FindAsync(id) is not { } request) return;
        await dialogs.ShowProblemAsync(request, platform, CheckAsync, () => TellAsync(caller => actions.ResendAsync(caller, id, Leaving)));

        async Task<(Notice?, RequestDetails?)> CheckAsync(RequestDetails shown)
        {
            RequestDetails? now = null;
            var told = await TellAsync(async caller =>
            {
                var notice = await actions.CheckAsync(caller, shown, platform, Leaving);
                now = await details.FindAsync(caller.Scope, id, Leaving);
                return notice;
            });
            return (told, now);
        }
    }

    private async Task ResendAsync(RequestLineView line)
    {
        await CloseMenuAsync(line);
        if (await FindAsync(line.Id) is not { } request) return;
        await dialogs.ResendAsync(request.Request, async choice =>
        {
            var sent = await TellAsync(caller => actions.ResendAsync(caller, line.Id, choice, Leaving));
            if (sent is { IsDone: true }) Notices.Show(sent);
            return sent;
        });
        await ReturnFocusAsync(line);
    }

    private async Task CopyAsync(RequestLineView line)
    {
        await CloseMenuAsync(line);
        await RunAsync(async caller => Notices.Show(await actions.CopyLinkAsync(caller, line.Id, Leaving)));
    }

    private async Task DeleteAsync(RequestLineView line)
    {
        await CloseMenuAsync(line);
        if (await FindAsync(line.Id) is not { } request) return;
        if (await dialogs.AskDeleteAsync(request.Request))
            await RunAsync(async caller => TellDeleted(await actions.DeleteAsync(caller, line.Id, Leaving), [line.Id]));
        else await ReturnFocusAsync(line);
    }

    private Task ResendSelectedAsync() => RunAsync(async caller => Notices.Show(await several.ResendAsync(caller, Selected, Leaving)));

    private Task CopySelectedAsync() => RunAsync(async caller => Notices.Show(await several.CopyLinksAsync(caller, Selected, Leaving)));

    private async Task DeleteSelectedAsync()
    {
        var chosen = Selected;
        IReadOnlyDictionary<RequestId, IReadOnlyList<PlatformOutcome>>? outcomes = null;
        await RunAsync(async caller => outcomes = await details.ListOutcomesAsync(caller.Scope, _selected, Leaving));
        if (outcomes is null || !await dialogs.AskDeleteAsync(chosen, outcomes)) return;
        await RunAsync(
            async caller => TellDeleted(await several.DeleteAsync(caller, chosen, Leaving), [.. chosen.Select(line => line.Id)]));
    }

    private void TellDeleted(Notice told, IReadOnlyList<RequestId> ids)
    {
        Notices.Show(told);
        if (told.IsDone) _deleted = ids;
    }

    /// <summary>The button that had the focus goes with its row: then the page gets it.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_deleted.Count == 0 || _list is null || _list.Lines.Any(line => _deleted.Contains(line.Id))) return;
        _deleted = [];
        await script.InvokeVoidAsync("portal.focus", "content");
    }

    /// <summary>The request as it is now; null when it is gone or could not be read, which is then said.</summary>
    private async Task<RequestDetails?> FindAsync(RequestId id)
    {
        RequestDetails? found = null;
        await RunAsync(async caller =>
        {
            found = await details.FindAsync(caller.Scope, id, Leaving);
            if (found is null) Notices.Show(actions.Refuse(new RequestNotFound()));
        });
        return found;
    }

    /// <summary>Does something for a dialog, which tells how it went.</summary>
    private async Task<Notice?> TellAsync(Func<AgencyCaller, Task<Notice>> action)
    {
        Notice? told = null;
        await RunAsync(async caller => told = await action(caller));
        return told;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _subscription?.Dispose();
        base.Dispose(disposing);
    }
}
