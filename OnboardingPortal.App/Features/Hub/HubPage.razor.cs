using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Hub;

/// <summary>How many requests stand where, whose hand is needed, how it goes, and what happened last; live.</summary>
public sealed partial class HubPage(
    PortalPageServices services, HubReader hub, RequestTable table, RequestDetailsReader details, RequestFeed feed, SyncService syncs,
    HubWords words, IStringLocalizer<HubText> text)
    : FollowingPage(services, feed)
{
    private const int MaxEvents = 6;

    private readonly IStringLocalizer<HubText> _text = text;
    private readonly HubWords _words = words;
    private readonly Dictionary<RequestId, RequestRow?> _rows = []; // of the events shown; null when deleted
    private HubView? _view;
    private IReadOnlyList<NeedLine> _needs = [];
    private IReadOnlyList<AuditEvent> _events = [];
    private IReadOnlyDictionary<RequestId, string> _recipients = new Dictionary<RequestId, string>();

    private bool IsEmpty => _events.Count == 0 && _view?.Numbers is { Pending: 0, Connected: 0, Expired: 0 };

    protected override void Take(RequestChanged change)
    {
        if (change.IsUnknown) _rows.Clear();
        else _rows[change.Id] = change.Row;
    }

    protected override async Task ReadAsync(AgencyCaller caller)
    {
        var view = await hub.ReadAsync(caller.Scope, Leaving);
        var events = await details.ListNewestEventsAsync(caller.Scope, MaxEvents, Leaving);
        var shown = events.Select(e => e.RequestId!.Value).ToHashSet();
        foreach (var id in shown.Where(id => !_rows.ContainsKey(id)).ToList()) _rows[id] = await table.FindAsync(caller.Scope, id, Leaving);
        foreach (var id in _rows.Keys.Where(id => !shown.Contains(id)).ToList()) _rows.Remove(id);
        _needs = _words.For(view.Needs, await syncs.ListWaitingAsync(caller, Leaving));
        _view = view;
        _events = [.. events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id.Value)];
        _recipients = _rows.Values.OfType<RequestRow>().ToDictionary(row => row.Id, row => row.FirstRecipient);
    }

    private string MedianOf(HubMedian median) =>
        median.Of == 1 ? _text["MedianOfOne"] : _text["MedianOf", median.Of.ToString("N0", CultureInfo.CurrentCulture)];
}
