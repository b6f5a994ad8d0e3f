using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Audit;

/// <summary>The audit trail with its filters, its verifier and its exports. What is shown stands in the address.</summary>
public sealed partial class AuditTrailPage(
    PortalPageServices services, AuditTrail trail, IStringLocalizer<AuditText> text, IJSRuntime script) : PortalPage(services)
{
    private const int PageSize = 50;

    private readonly IStringLocalizer<AuditText> _text = text;
    private readonly Stack<long> _newer = [];            // where the newer pages begin, without the newest
    private IReadOnlyList<AuditPerson> _people = [];
    private AuditPage? _page;                            // null until the first load
    private AuditVerdict? _verdict;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private bool _isVerifying;

    /// <summary>An <see cref="AuditTopic"/>; null = everything.</summary>
    [SupplyParameterFromQuery] public string? Topic { get; set; }

    /// <summary>A user's id or an <see cref="ActorKind"/>; null = anybody.</summary>
    [SupplyParameterFromQuery] public string? Person { get; set; }

    /// <summary>The first day, such as 2026-11-21; null = from the beginning.</summary>
    [SupplyParameterFromQuery] public string? From { get; set; }

    /// <summary>The last day; null = to now.</summary>
    [SupplyParameterFromQuery] public string? Until { get; set; }

    /// <summary>The page shows what is older than this entry; null = from the newest.</summary>
    [SupplyParameterFromQuery(Name = "before")] public string? BeforeText { get; set; }

    protected override object Subject => (Topic, Person, From, Until, Before);

    private long? Before => IdIn(BeforeText);

    private bool IsPeriodWrong => DayOf(Until) < DayOf(From);

    private AuditQuery Query => new(
        Enum.TryParse<AuditTopic>(Topic, out var topic) && Enum.IsDefined(topic) ? topic : null,
        Person is not { Length: > 0 }
            ? null
            : Enum.TryParse<ActorKind>(Person, out var kind) && Enum.IsDefined(kind) ? kind : ActorKind.AgencyUser,
        long.TryParse(Person, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : null,
        Instant(DayOf(From)), Instant(DayOf(Until)?.AddDays(1)));

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        if (_page is null)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(await script.InvokeAsync<string?>("portal.timeZone", Leaving) ?? "", out var zone))
                _zone = zone;
            var people = await trail.ListPeopleAsync(caller, Leaving);
            if (!people.Succeeded) throw new UnauthorizedAccessException("Not a main user any more.");
            _people = people.Value;
        }
        else if (IsPeriodWrong)
        {
            return; // what was shown before stays
        }

        var listed = await trail.ListAsync(caller, Query, Before is { } before ? AuditEventId.From(before) : null, PageSize, Leaving);
        if (!listed.Succeeded) throw new UnauthorizedAccessException("Not a main user any more.");
        _page = listed.Value;
    }

    private void Filter(string name, string? value)
    {
        _newer.Clear();
        GoTo(new() { [name] = string.IsNullOrEmpty(value) ? null : value, ["before"] = null });
    }

    private void Turn()
    {
        if (Before is { } here) _newer.Push(here);
        GoTo(new() { ["before"] = _page!.Events[^1].Id.Value });
    }

    private void TurnBack() => GoTo(new() { ["before"] = _newer.TryPop(out var before) ? before : null });

    private void GoTo(Dictionary<string, object?> changes) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes), replace: true);

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

    private IEnumerable<string> WordsFor(AuditVerdict verdict)
    {
        foreach (var broken in verdict.Breaks)
        {
            if (broken.Note is { } note) yield return _text["BrokenNoted", WordsFor(note.At), Words.For(note)];
            else yield return _text[$"Broken{broken.Kind}", Number(broken.Sequence)]
                + (broken.At is { } at ? " " + _text["BrokenAt", WordsFor(at)] : "");
        }

        yield return _text[verdict.Broken is null ? "AllGood" : "BrokenSummary", Number(verdict.Checked)];
        if (verdict.Unchained > 0) yield return _text["AllGoodUnchained", "", Number(verdict.Unchained)];
        yield return verdict.Recorded > 0 ? _text["AllGoodRecorded", Number(verdict.Recorded)] : _text["AllGoodUnrecorded"];
        if (verdict.Broken is not null) yield return _text["BrokenWhat"];
    }

    private string WordsFor(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString("g", CultureInfo.CurrentCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private string TopicName(string? topic) => string.IsNullOrEmpty(topic) ? _text["AnyTopic"] : _text[$"Topic{topic}"];

    private string PersonName(string? person) => person switch
    {
        null or "" => _text["AnyPerson"],
        nameof(ActorKind.Participant) => _text["Clients"],
        nameof(ActorKind.System) => _text["ThePortalItself"],
        _ => _people.FirstOrDefault(p => IdOf(p) == person) switch
        {
            { IsFormer: true, Name: var name } => _text["FormerPerson", name],
            { Name: var name } => name,
            null => person,
        },
    };

    private string ExportAddress(string format)
    {
        var query = Query;
        return Navigation.GetUriWithQueryParameters(
            $"/settings/audit/export/{format}",
            new Dictionary<string, object?>
            {
                ["topic"] = query.Topic?.ToString(),
                ["actor"] = query.Actor?.ToString(),
                ["actorId"] = query.ActorId,
                ["from"] = query.From is { } from ? LocalTime.Stamp(from) : null,
                ["until"] = query.Until is { } until ? LocalTime.Stamp(until) : null,
            });
    }

    /// <summary>The day's beginning where the reader is.</summary>
    private DateTimeOffset? Instant(DateOnly? day) => day is { } date && date.Year is > 2000 and < 9000
        ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), _zone.GetUtcOffset(date.ToDateTime(TimeOnly.MinValue))).ToUniversalTime()
        : null;

    private static string IdOf(AuditPerson person) => person.Id.ToString(CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
