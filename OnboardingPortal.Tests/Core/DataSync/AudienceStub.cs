using System.Globalization;
using System.Net;
using System.Text.Json;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>Graph's custom audiences of one ad account, in memory: who is in an audience is told by the hash of the address.</summary>
internal sealed class AudienceStub
{
    public const string Account = "act_77001";

    private static readonly TimeSpan ExternalLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan SessionLife = TimeSpan.FromMinutes(90);
    private int _made;
    private readonly StubHttp _http;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, StubAudience> _audiences = [];

    public AudienceStub(StubHttp http, TimeProvider clock)
    {
        (_http, _clock) = (http, clock);
        On(HttpMethod.Get, Account, _ => Json(new
        {
            id = Account,
            account_status = 1,
            business = new { id = "1", name = "Bakery" },
            tos_accepted = new { custom_audience_tos = Terms },
        }));
        On(HttpMethod.Get, $"{Account}/customaudiences", _ => Json(new { data = _audiences.Values.Select(Look) }));
        On(HttpMethod.Post, $"{Account}/customaudiences", Make);
        On(HttpMethod.Post, $"{Account}/usersofanyaudience", call =>
        {
            foreach (var audience in _audiences.Values) Remove(audience, RowsOf(call));
            EverywhereRows += RowsOf(call).Count;
            return Json(new { num_received = RowsOf(call).Count, num_invalid_entries = 0 });
        });
    }

    public IReadOnlyDictionary<string, StubAudience> Audiences => _audiences;

    public int Terms { get; set; } = 1;

    /// <summary>The fewest people that may be left when some are taken out.</summary>
    public int Smallest { get; set; }

    /// <summary>How often an audience is looked at before a replacement of its people is over.</summary>
    public int LooksUntilSettled { get; set; }

    public int EverywhereRows { get; private set; }

    /// <summary>Whether a call comes after a batch that ended its session, or repeats the first of a replacement.</summary>
    public List<string> Sins { get; } = [];

    /// <summary>What happens when a call arrives; what it throws is a call that did not.</summary>
    public Func<StubCall, Task> Arrives { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a call is refused with; null = it is done.</summary>
    public Func<StubCall, StubAnswer?> Refuses { get; set; } = _ => null;

    /// <summary>What happens after a call was done; what it throws is an answer that was lost.</summary>
    public Func<StubCall, Task> Done { get; set; } = _ => Task.CompletedTask;

    public static StubAnswer Error(int code, int? subcode = null) =>
        new(GraphStub.Error(code, subcode), HttpStatusCode.BadRequest);

    public static bool IsWrite(StubCall call) => call.Method == HttpMethod.Post && call.Form.ContainsKey("payload");

    public StubAudience Add(string id, string name)
    {
        var audience = new StubAudience(id, name);
        _audiences[id] = audience;
        On(HttpMethod.Get, id, _ => LookAt(audience));
        On(HttpMethod.Post, id, call =>
        {
            audience.Name = call.Form["name"];
            audience.Flag = null;
            return Json(new { success = true });
        });
        On(HttpMethod.Delete, id, _ =>
        {
            _audiences.Remove(id);
            return Json(new { success = true });
        });
        On(HttpMethod.Post, $"{id}/users", call => Users(audience, call));
        On(HttpMethod.Post, $"{id}/usersreplace", call => Replace(audience, call));
        On(HttpMethod.Get, $"{id}/sessions", call => Json(new
        {
            data = audience.Sessions.Where(s => s.Key == call.Query["session_id"]).Select(s => new
            {
                session_id = s.Key,
                num_received = s.Value.Received,
                num_matched = s.Value.Received,
                stage = "done",
                end_time = s.Value.IsOver ? "1" : "0",
            }),
        }));
        return audience;
    }

    private void On(HttpMethod method, string path, Func<StubCall, StubAnswer> answer) =>
        _http.On(method, GraphStub.Address + path, async call =>
        {
            await Arrives(call);
            if (Refuses(call) is { } refusal) return refusal;
            var done = answer(call);
            await Done(call);
            return done;
        });

    private StubAnswer Make(StubCall call)
    {
        var id = (90_000 + ++_made).ToString(CultureInfo.InvariantCulture);
        Add(id, call.Form["name"]);
        return Json(new { id });
    }

    private StubAnswer LookAt(StubAudience audience)
    {
        if (audience.Next is not null && _clock.GetUtcNow() - audience.NextAt > SessionLife) audience.RunOut();
        if (audience is { IsSettling: true, Looks: var looks })
        {
            audience.Looks = looks + 1;
            if (looks >= LooksUntilSettled) audience.Settle();
        }

        return Json(Look(audience));
    }

    private static object Look(StubAudience audience) => new
    {
        id = audience.Id,
        account_id = Account[4..],
        name = audience.Name,
        subtype = "CUSTOM",
        delivery_status = audience.Delivery is { } delivery ? new { code = delivery, description = "" } : null,
        operation_status = new { code = audience.Flag ?? (audience.Next is null ? 200 : 414), description = "" },
        fields_violating_integrity_policy = audience.Flag is null ? Array.Empty<string>() : ["name"],
        approximate_count_lower_bound = audience.People.Count,
        approximate_count_upper_bound = audience.People.Count,
    };

    private StubAnswer Users(StubAudience audience, StubCall call)
    {
        if (audience.Next is not null) return Error(2650, 1870145);
        var (session, sequence, isLast) = SessionOf(call);
        var rows = RowsOf(call);
        var held = audience.Sessions.TryGetValue(session, out var known) ? known : audience.Sessions[session] = new StubSession();
        if (call.Form.GetValueOrDefault("method") == "DELETE")
        {
            var left = audience.People.Except(rows.Select(r => PersonOf(audience, r)).OfType<string>()).Count();
            if (left < Smallest) return Error(200, 1870047);
            Remove(audience, rows);
        }
        else Put(audience, audience.People, rows);

        held.Take(sequence, rows.Count, isLast);
        return Json(new { audience_id = audience.Id, session_id = session, num_received = held.Received, num_invalid_entries = 0 });
    }

    private StubAnswer Replace(StubAudience audience, StubCall call)
    {
        var (session, sequence, isLast) = SessionOf(call);
        var rows = RowsOf(call);
        if (sequence == 1)
        {
            if (audience.Sessions.ContainsKey(session)) Sins.Add($"The first batch of {session} came twice.");
            if (audience.Next is not null) return Error(2650, 1870145);
            (audience.Next, audience.NextAt) = ([], _clock.GetUtcNow());
            audience.Sessions[session] = new StubSession();
        }

        if (!audience.Sessions.TryGetValue(session, out var held) || audience.Next is null || held.IsOver) return Error(2650, 1870159);
        Put(audience, audience.Next, rows);
        held.Take(sequence, rows.Count, isLast);
        if (isLast)
        {
            (audience.IsSettling, audience.Looks) = (true, 0);
            if (LooksUntilSettled == 0) audience.Settle();
        }

        return Json(new { account_id = Account[4..], session_id = session, num_received = held.Received, num_invalid_entries = 0 });
    }

    private void Put(StubAudience audience, HashSet<string> people, List<StubRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Person is not { } person) continue;
            people.Add(person);
            if (row.External is { } id) audience.Externals[id] = (person, _clock.GetUtcNow());
        }
    }

    private void Remove(StubAudience audience, List<StubRow> rows)
    {
        foreach (var row in rows)
        {
            if (PersonOf(audience, row) is { } person) audience.People.Remove(person);
        }
    }

    private string? PersonOf(StubAudience audience, StubRow row) => row.Person
        ?? (row.External is { } id && audience.Externals.TryGetValue(id, out var known) && _clock.GetUtcNow() - known.At <= ExternalLife
            ? known.Person
            : null);

    private static (string Session, int Sequence, bool IsLast) SessionOf(StubCall call)
    {
        using var json = JsonDocument.Parse(call.Form["session"]);
        var root = json.RootElement;
        return (root.GetProperty("session_id").GetRawText(), root.GetProperty("batch_seq").GetInt32(),
            root.GetProperty("last_batch_flag").GetBoolean());
    }

    private static List<StubRow> RowsOf(StubCall call)
    {
        using var json = JsonDocument.Parse(call.Form["payload"]);
        var schema = json.RootElement.GetProperty("schema").EnumerateArray().Select(k => k.GetString()!).ToList();
        var (email, external) = (schema.IndexOf("EMAIL"), schema.IndexOf("EXTERN_ID"));
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(row => new StubRow(Cell(row, email), Cell(row, external)))];

        static string? Cell(JsonElement row, int cell) => cell >= 0 && row[cell].GetString() is { Length: > 0 } value ? value : null;
    }

    private static StubAnswer Json(object body) => new(JsonSerializer.Serialize(body));

    private sealed record StubRow(string? Person, string? External);
}

internal sealed class StubAudience(string id, string name)
{
    public string Id => id;

    public string Name { get; set; } = name;

    public HashSet<string> People { get; private set; } = [];

    public HashSet<string>? Next { get; set; }

    public DateTimeOffset NextAt { get; set; }

    public bool IsSettling { get; set; }

    public int Looks { get; set; }

    /// <summary>200 when ads can be shown to it; null = Facebook does not tell.</summary>
    public int? Delivery { get; set; }

    /// <summary>471 when it is objected to.</summary>
    public int? Flag { get; set; }

    public Dictionary<string, (string Person, DateTimeOffset At)> Externals { get; } = [];

    public Dictionary<string, StubSession> Sessions { get; } = [];

    public void Settle() => (People, Next, IsSettling) = (Next ?? People, null, false);

    /// <summary>A replacement that nobody ended runs out.</summary>
    public void RunOut()
    {
        (Next, IsSettling) = (null, false);
        foreach (var session in Sessions.Values) session.IsOver = true;
    }
}

internal sealed class StubSession
{
    private readonly Dictionary<int, int> _batches = [];

    public int Received => _batches.Values.Sum();

    public bool IsOver { get; set; }

    public void Take(int sequence, int rows, bool isLast)
    {
        _batches[sequence] = rows;
        IsOver |= isLast;
    }
}
