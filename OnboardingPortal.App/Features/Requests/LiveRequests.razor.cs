using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The live table of requests.</summary>
public sealed partial class LiveRequests(
    PortalPageServices services, RequestTable table, RequestLines lines, RequestFeed feed, RequestActions actions, RequestDetailsReader details,
    IStringLocalizer<RequestsText> text) : PortalPage(services)
{
    private readonly IStringLocalizer<RequestsText> _text = text;
    private RequestFilter _filter = RequestFilter.None;
    private RequestList? _list;                          // null until the first load
    private IDisposable? _subscription;
    private Notice? _notice;
    private RequestLineView? _menuOf;
    private RequestDetails? _resent;                     // about to be mailed again
    private string? _resendProblem;
    private RequestDetails? _asked;
    private (RequestDetails Request, PlatformKey Platform)? _problem;

    [Parameter] public string? Search { get; set; }

    [Parameter] public string? Status { get; set; }

    [Parameter] public string? Sort { get; set; }

    /// <summary>Lines a page.</summary>
    [Parameter] public int? Size { get; set; }

    private int PageSize => Math.Clamp(Size ?? RequestList.UsualSize, 10, 100);

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        if (_list is null)
        {
            _filter = RequestFilter.Read(Search, Status, Sort);
            // Before the first reading, so that no change falls between the two.
            _subscription = feed.Subscribe(caller.Agency, caller.User, change => _ = InvokeAsync(() => TakeAsync(change)));
        }

        var list = new RequestList(table, lines, caller.Scope, _filter, PageSize);
        await list.LoadAsync(Leaving);
        _list = list;
    }

    private async Task TakeAsync(RequestChanged change)
    {
        if (_list is not { } list || !list.Take(change)) return;
        if (list.Lines.Count == 0 && (list.HasBefore || list.HasAfter)) await RunAsync(LoadAsync);
        StateHasChanged();
    }

    private async Task FilterAsync(RequestFilter filter)
    {
        _filter = filter;
        await RunAsync(async caller =>
        {
            RequestFilter loaded;
            do
            {
                loaded = _filter; // somebody who types on while this runs gets what they typed last
                await LoadAsync(caller);
            }
            while (loaded != _filter);
        });
        await actions.RememberAsync(_filter.Address(PageSize));
    }

    private Task TurnAsync(bool back) => RunAsync(_ => _list!.TurnAsync(back, Leaving));

    private Task ActAsync(RowActionEventArgs action)
    {
        if (!long.TryParse(action.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Task.CompletedTask;
        var id = new RequestId(number);
        if (action.Kind == "problem") return ShowProblemAsync(id, new PlatformKey(action.Platform));
        _menuOf = _list?.Lines.FirstOrDefault(line => line.Id == id);
        return Task.CompletedTask;
    }

    private Task ShowProblemAsync(RequestId id, PlatformKey platform) => RunAsync(async caller =>
    {
        if (await details.FindAsync(caller.Scope, id, Leaving) is { } request) _problem = (request, platform);
        else _notice = actions.Refuse(new RequestNotFound());
    });

    private Task<Notice?> CheckProblemAsync() => OnProblemAsync(async (caller, request, platform) =>
    {
        var notice = await actions.CheckAsync(caller, request, platform, Leaving);
        if (await details.FindAsync(caller.Scope, request.Request.Id, Leaving) is { } now) _problem = (now, platform);
        return notice;
    });

    private Task<Notice?> ReconnectAsync() => OnProblemAsync((caller, request, _) => actions.ResendAsync(caller, request.Request.Id, Leaving));

    private async Task<Notice?> OnProblemAsync(Func<AgencyCaller, RequestDetails, PlatformKey, Task<Notice>> action)
    {
        Notice? notice = null;
        await RunAsync(async caller =>
        {
            if (_problem is { } problem) notice = await action(caller, problem.Request, problem.Platform);
        });
        return notice;
    }

    private Task AskResendAsync(RequestLineView line) => MenuAsync(async caller =>
    {
        (_resent, _resendProblem) = (await details.FindAsync(caller.Scope, line.Id, Leaving), null);
        if (_resent is null) _notice = actions.Refuse(new RequestNotFound());
    });

    private Task ResendAsync(ResendChoice choice) => RunAsync(async caller =>
    {
        if (_resent is not { } request) return;
        var notice = await actions.ResendAsync(caller, request.Request.Id, choice, Leaving);
        _resendProblem = notice.IsDone ? null : notice.Words;
        if (notice.IsDone) (_notice, _resent) = (notice, null);
    });

    private Task CopyAsync(RequestLineView line) => MenuAsync(async caller => _notice = await actions.CopyLinkAsync(caller, line.Id, Leaving));

    private Task AskDeleteAsync(RequestLineView line) => MenuAsync(async caller =>
    {
        _asked = await details.FindAsync(caller.Scope, line.Id, Leaving);
        if (_asked is null) _notice = actions.Refuse(new RequestNotFound());
    });

    private Task DeleteAsync() => RunAsync(async caller =>
    {
        _notice = await actions.DeleteAsync(caller, _asked!.Request.Id, Leaving);
        _asked = null;
    });

    private Task MenuAsync(Func<AgencyCaller, Task> action)
    {
        _menuOf = null;
        return RunAsync(action);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _subscription?.Dispose();
        base.Dispose(disposing);
    }
}
