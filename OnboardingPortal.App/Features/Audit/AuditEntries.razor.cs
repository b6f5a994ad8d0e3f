using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Audit;

/// <summary>The audit trail with its filters, its verifier and its exports.</summary>
public sealed partial class AuditEntries(
    PortalPageServices services, AuditTrail trail, IStringLocalizer<AuditText> text, IJSRuntime script) : PortalPage(services)
{
    private const int PageSize = 50;

    private readonly IStringLocalizer<AuditText> _text = text;
    private readonly Stack<AuditEventId?> _newer = [];   // where the newer pages begin
    private IReadOnlyList<AuditPerson> _people = [];
    private AuditPage? _page;                            // null until the first load
    private AuditVerdict? _verdict;
    private AuditEventId? _before;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string _topic = "";
    private string _person = "";
    private DateOnly? _from;
    private DateOnly? _until;
    private bool _isVerifying;

    private bool IsPeriodWrong => _until < _from;

    private AuditQuery Query => new(
        Enum.TryParse<AuditTopic>(_topic, out var topic) ? topic : null,
        _person.Length == 0 ? null : Enum.TryParse<ActorKind>(_person, out var kind) && Enum.IsDefined(kind) ? kind : ActorKind.AgencyUser,
        long.TryParse(_person, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : null,
        Instant(_from), Instant(_until?.AddDays(1)));

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        if (_page is null)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(await script.InvokeAsync<string?>("portal.timeZone", Leaving) ?? "", out var zone)) _zone = zone;
            var people = await trail.ListPeopleAsync(caller, Leaving);
            if (!people.Succeeded) throw new UnauthorizedAccessException("Not a main user any more.");
            _people = people.Value;
        }

        var listed = await trail.ListAsync(caller, Query, _before, PageSize, Leaving);
        if (!listed.Succeeded) throw new UnauthorizedAccessException("Not a main user any more.");
        _page = listed.Value;
    }

    private Task FilterAsync(Action change)
    {
        change();
        _newer.Clear();
        _before = null;
        return IsPeriodWrong ? Task.CompletedTask : RunAsync(LoadAsync);
    }

    private Task TurnAsync()
    {
        _newer.Push(_before);
        _before = _page!.Events[^1].Id;
        return RunAsync(LoadAsync);
    }

    private Task TurnBackAsync()
    {
        if (_newer.TryPop(out var before)) _before = before;
        return RunAsync(LoadAsync);
    }

    private Task VerifyAsync() => RunAsync(async caller =>
    {
        _isVerifying = true;
        StateHasChanged();
        try
        {
            var verdict = await trail.VerifyAsync(caller, Leaving);
            if (!verdict.Succeeded) throw new UnauthorizedAccessException("Not a main user any more.");
            _verdict = verdict.Value;
        }
        finally
        {
            _isVerifying = false;
        }
    });

    private string WordsFor(AuditVerdict verdict)
    {
        var good = verdict.Checked.ToString("N0", CultureInfo.CurrentCulture);
        if (verdict.Broken is not { } broken)
        {
            return _text["AllGood", good] + (verdict.Unchained > 0 ? " " + _text["AllGoodUnchained", "", verdict.Unchained] : "");
        }

        var when = broken.At is { } at ? " " + _text["BrokenAt", TimeZoneInfo.ConvertTime(at, _zone).ToString("g", CultureInfo.CurrentCulture)] : "";
        return _text[$"Broken{broken.Kind}", broken.Sequence, good] + when + " " + _text["BrokenWhat"];
    }

    private string ExportAddress(string format)
    {
        var query = Query;
        var parts = new List<string>();
        if (query.Topic is { } topic) parts.Add($"topic={topic}");
        if (query.Actor is { } actor) parts.Add($"actor={actor}");
        if (query.ActorId is { } id) parts.Add(string.Create(CultureInfo.InvariantCulture, $"actorId={id}"));
        if (query.From is { } from) parts.Add($"from={LocalTime.Stamp(from)}");
        if (query.Until is { } until) parts.Add($"until={LocalTime.Stamp(until)}");
        return $"/settings/audit/export/{format}" + (parts.Count == 0 ? "" : "?" + string.Join('&', parts));
    }

    /// <summary>The day's beginning where the reader is.</summary>
    private DateTimeOffset? Instant(DateOnly? day) => day is { } date && date.Year is > 2000 and < 9000
        ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), _zone.GetUtcOffset(date.ToDateTime(TimeOnly.MinValue))).ToUniversalTime()
        : null;

    private static string Chosen(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(ChangeEventArgs change) =>
        DateOnly.TryParseExact(change.Value?.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
