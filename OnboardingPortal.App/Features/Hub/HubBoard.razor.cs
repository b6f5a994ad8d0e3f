using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Hub;

/// <summary>How many requests stand where, whose hand is needed, how it goes, and what happened last; live.</summary>
public sealed partial class HubBoard(
    PortalPageServices services, HubReader hub, RequestTable table, RequestDetailsReader details, RequestFeed feed, HubWords words, IStringLocalizer<HubText> text)
    : PortalPage(services)
{
    private const int MostEvents = 12;

    private readonly IStringLocalizer<HubText> _text = text;
    private readonly Dictionary<RequestId, RequestRow?> _rows = [];   // of the events shown; null when deleted
    private readonly HubWords _hubWords = words;
    private HubView _hub = null!;
    private IReadOnlyList<AuditEvent>? _events;                       // null until the first load
    private IDisposable? _subscription;
    private bool _isStale;
    private bool _isReading;

    private IReadOnlyList<Tile> Tiles =>
    [
        new("StatusPending", "info", _hub.Numbers.Pending, _text["AboutPending"], AddressOf(RequestStatus.Pending)),
        new("StatusConnected", "success", _hub.Numbers.Connected, _text["AboutConnected", _hub.Numbers.ConnectedLately.ToString("N0", CultureInfo.CurrentCulture)], AddressOf(RequestStatus.Connected)),
        new("StatusExpired", "warning", _hub.Numbers.Expired, _text["AboutExpired"], AddressOf(RequestStatus.Expired)),
        new("Stuck", "danger", _hub.Numbers.Stuck, _text["AboutStuck"], "/collaboration#hands"),
    ];

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
        var view = await hub.ReadAsync(scope, Leaving);
        var events = await details.ListNewestEventsAsync(scope, MostEvents, Leaving);
        var shown = events.Select(e => e.RequestId!.Value).ToHashSet();
        foreach (var id in shown.Where(id => !_rows.ContainsKey(id)).ToList()) _rows[id] = await table.FindAsync(scope, id, Leaving);
        foreach (var id in _rows.Keys.Where(id => !shown.Contains(id)).ToList()) _rows.Remove(id);
        (_hub, _events) = (view, [.. events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id.Value)]);
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture) + (count == RequestTable.MostCounted ? "+" : "");

    private static string AddressOf(RequestStatus status) => $"/collaboration/requests?status={status}";

    protected override void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _subscription = null;
        base.Dispose(disposing);
    }

    /// <summary>A number that leads somewhere.</summary>
    private sealed record Tile(string Name, string Chip, int Count, string About, string Address);
}
