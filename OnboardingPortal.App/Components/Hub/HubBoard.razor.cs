using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Components.Hub;

/// <summary>How many requests stand where, and what happened last; live.</summary>
public sealed partial class HubBoard(
    PortalPageServices services, RequestTable table, RequestDetailsReader details, RequestFeed feed, IStringLocalizer<HubText> text) : PortalPage(services)
{
    private const int MostEvents = 12;
    private static readonly RequestStatus[] Shown = [RequestStatus.Pending, RequestStatus.Connected, RequestStatus.Expired, RequestStatus.Draft];

    private readonly IStringLocalizer<HubText> _text = text;
    private readonly Dictionary<RequestId, RequestRow?> _rows = [];   // of the events shown; null when deleted
    private IReadOnlyList<(RequestStatus Status, int Count)> _counts = [];
    private IReadOnlyList<AuditEvent>? _events;                       // null until the first load
    private IDisposable? _subscription;
    private bool _isStale;
    private bool _isReading;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= feed.Subscribe(caller.Agency, caller.User, change => _ = InvokeAsync(() => TakeAsync(change)));
        _isStale = true;
        if (_isReading) return; // whoever reads goes round once more: a burst of changes costs two readings
        _isReading = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                await ReadAsync(caller.Scope);
            }
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task TakeAsync(RequestChanged change)
    {
        if (_subscription is null) return; // left in the meantime
        _isStale = true;
        _rows[change.Id] = change.Row;
        await RunAsync(LoadAsync);
        StateHasChanged();
    }

    private async Task ReadAsync(RequestScope scope)
    {
        var counts = new List<(RequestStatus, int)>();
        foreach (var status in Shown) counts.Add((status, await table.CountAsync(scope, null, status, Leaving)));
        var events = await details.ListNewestEventsAsync(scope, MostEvents, Leaving);
        var shown = events.Select(e => e.RequestId!.Value).ToHashSet();
        foreach (var id in shown.Where(id => !_rows.ContainsKey(id)).ToList()) _rows[id] = await table.FindAsync(scope, id, Leaving);
        foreach (var id in _rows.Keys.Where(id => !shown.Contains(id)).ToList()) _rows.Remove(id);
        (_counts, _events) = (counts, [.. events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id.Value)]);
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture) + (count == RequestTable.MostCounted ? "+" : "");

    private static string Chip(RequestStatus status) => status switch
    {
        RequestStatus.Pending => "info",
        RequestStatus.Connected => "success",
        RequestStatus.Expired => "warning",
        _ => "",
    };

    protected override void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _subscription = null;
        base.Dispose(disposing);
    }
}
