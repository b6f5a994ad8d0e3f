using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Facebook.Audiences;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>The people of audiences: added, taken out, replaced, in sessions of numbered batches.</summary>
internal sealed class GraphAudiencePeople(
    GraphAudienceGate gate, GraphAudiences audiences, AudienceStore store, AudienceTroubles troubles, TimeProvider clock)
{
    private const int Small = 100;
    private const long TooBig = 100_000_000;

    /// <summary>Adds; a DELETE, or a POST that stands for one, takes out.</summary>
    public IResult Users(GraphCall call, GraphForm form)
    {
        var kind = call.IsDelete ? AudienceCalls.Remove : AudienceCalls.Add;
        return gate.Enter(call, call.IsDelete ? "DELETE" : "POST", "users", kind, out var audience, out var account)
            ?? Send(call, form, kind, audience, account);
    }

    public IResult Replace(GraphCall call, GraphForm form) =>
        gate.Enter(call, "POST", "usersreplace", AudienceCalls.Replace, out var audience, out var account)
            ?? Send(call, form, AudienceCalls.Replace, audience, account);

    public IResult RemoveEverywhere(GraphCall call, GraphForm form)
    {
        if (!call.IsDelete)
            return GraphError.ObjectMissing("post", call.Route("account"));
        if (gate.Enter(call, "DELETE", "usersofanyaudience", AudienceCalls.RemoveEverywhere, out var account) is { } refusal)
            return refusal;
        using var rows = Rows(form, out var mistake);
        if (rows is null)
            return mistake!;
        return store.Locked(() =>
        {
            foreach (var audience in store.List(account.Id))
                store.PeopleOf(audience).Remove(rows.Entries, clock.GetUtcNow());
            return GraphAnswer.Success;
        });
    }

    public IResult Sessions(GraphCall call)
    {
        if (gate.Enter(call, "GET", "sessions", AudienceCalls.Read, out var audience, out FacebookAdAccount _) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        return store.Locked(() => GraphAnswer.List(audience.Sessions
            .Where(s => call.Parameter("session_id") is not { } only || only == s.Id.ToString(CultureInfo.InvariantCulture))
            .Select(s => new JsonObject
            {
                ["session_id"] = s.Id.ToString(CultureInfo.InvariantCulture),
                ["num_received"] = s.Received.ToString(CultureInfo.InvariantCulture),
                ["num_matched"] = s.IsOver(now) ? (s.Received * 3 / 5).ToString(CultureInfo.InvariantCulture) : null,
                ["num_invalid_entries"] = s.Invalid.ToString(CultureInfo.InvariantCulture),
                ["progress"] = s.IsOver(now) ? "100" : "50",
                ["stage"] = s.IsOver(now) ? "post_processing" : "uploading",
                ["start_time"] = s.BegunAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["end_time"] = s.IsOver(now)
                    ? (s.EndedAt ?? s.BegunAt + FacebookAudienceSession.Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                    : "0",
            })));
    }

    private IResult Send(GraphCall call, GraphForm form, AudienceCalls kind, FacebookAudience audience, FacebookAdAccount account)
    {
        if (AudienceBatchHead.Read(call) is not { } batch)
            return GraphError.InvalidParameter("session");
        using var rows = Rows(form, out var mistake);
        if (rows is null)
            return mistake!;
        return store.Locked<IResult>(() =>
        {
            if (Refusal(kind, audience, account, batch, rows) is { } refusal)
                return refusal;
            var isNew = Take(kind, audience, batch, rows, out var session);
            if (isNew && troubles.Has(account, AudienceTrouble.LosesAnswers))
                call.Http.Abort(); // done, and nobody learns of it
            if (batch.IsLast && EndBadly(kind, audience, account) is { } bad)
                return bad;
            return Receipt(kind, audience, session, rows);
        });
    }

    private GraphError? Refusal(
        AudienceCalls kind, FacebookAudience audience, FacebookAdAccount account, AudienceBatchHead batch, AudienceRows rows)
    {
        var now = clock.GetUtcNow();
        if (audiences.Flags(audience, account).Count > 0)
            return new GraphError(400, 100, "Invalid parameter", 1713230)
            {
                UserTitle = "Audience Upload Blocked",
                UserMessage = "Before updating user memberships, you must resolve integrity restrictions on this audience.",
            };
        var isReplacement = kind == AudienceCalls.Replace;
        if (isReplacement && batch.Session == 0)
            return new GraphError(400, 100, "(#100) The parameter session is required");
        if (isReplacement && batch.Total > TooBig)
            return Replaced(1870144, "Audience Too Big");
        if (audience.Replacement is { } running && (!isReplacement || running.Session != batch.Session || running.CompletedAt is not null))
            return running.Session == batch.Session && isReplacement
                ? Replaced(1870159, "Session Already Finished")
                : Replaced(1870145, "Audience Update In Progress");
        if (batch.Session > 0 && Find(account, batch.Session) is var (owner, session))
        {
            if (owner != audience || session.IsReplacement != isReplacement)
                return GraphError.InvalidParameter("session[session_id]");
            if (session.IsOver(now))
                return isReplacement && session.EndedAt is null ? Replaced(1870158, "Session Timed Out")
                    : Replaced(1870159, "Session Already Finished");
            if (session.Schema != rows.Schema)
                return GraphError.InvalidParameter("payload[schema]");
        }
        else if (isReplacement && batch.Sequence > 1)
            return Replaced(1870147, "First Batch Missing");

        var people = store.PeopleOf(audience);
        if (troubles.ErrorOf(account, AudienceTrouble.TooSmall) is { } small
            && ((kind == AudienceCalls.Remove && people.CountWithout(rows.Entries, now) < Small)
                || (isReplacement && people.Count > 0 && Math.Max(batch.Total, rows.Received) < Small)))
            return small;
        return null;
    }

    /// <summary>Takes a batch in.</summary>
    /// <returns>Whether the session had not got it before.</returns>
    private bool Take(
        AudienceCalls kind, FacebookAudience audience, AudienceBatchHead batch, AudienceRows rows, out FacebookAudienceSession? session)
    {
        var now = clock.GetUtcNow();
        var isReplacement = kind == AudienceCalls.Replace;
        var known = audience.Sessions.Find(s => s.Id == batch.Session);
        if (isReplacement && batch.Sequence == 1)
        {
            // It begins anew, whatever the session had got.
            if (known is not null)
                store.Change(audience, a => a.Sessions.Remove(known));
            known = null;
        }

        session = known ?? new() { Id = batch.Session, IsReplacement = isReplacement, Schema = rows.Schema, BegunAt = now };
        var isBegun = known is null;
        if (isReplacement && isBegun)
            store.BeginReplacement(audience, session);
        var people = isReplacement ? store.PeopleOf(audience, audience.Replacement!.Generation) : store.PeopleOf(audience);
        if (kind == AudienceCalls.Remove)
            people.Remove(rows.Entries, now);
        else
            people.Add(rows.Entries, now);

        var (mine, isNew) = (session, !session.Batches.Contains(batch.Sequence));
        store.Change(audience, a =>
        {
            a.FilledAt ??= now;
            if (isBegun && mine.Id > 0)
                a.Sessions.Add(mine);
            if (isNew)
            {
                mine.Batches.Add(batch.Sequence);
                mine.Received += rows.Received;
                mine.Invalid += rows.Invalid.Count;
            }

            if (!batch.IsLast)
                return;
            mine.EndedAt = now;
            if (isReplacement)
                a.Replacement!.CompletedAt = now;
        });
        return isNew;
    }

    /// <summary>The replacements that go wrong at their end: the audience holds what came.</summary>
    private GraphError? EndBadly(AudienceCalls kind, FacebookAudience audience, FacebookAdAccount account)
    {
        if (kind != AudienceCalls.Replace)
            return null;
        var error = troubles.ErrorOf(account, AudienceTrouble.TimesOut) ?? troubles.ErrorOf(account, AudienceTrouble.NotFullyReplaced);
        if (error is not null)
            store.EndReplacement(audience, isFailed: true);
        return error;
    }

    private static IResult Receipt(AudienceCalls kind, FacebookAudience audience, FacebookAudienceSession? session, AudienceRows rows) =>
        GraphAnswer.Json(new JsonObject
        {
            // a replacement answers whose audience it is
            [kind == AudienceCalls.Replace ? "account_id" : "audience_id"] =
                kind == AudienceCalls.Replace ? audience.AdAccount["act_".Length..] : audience.Id,
            ["session_id"] = (session?.Id ?? 0).ToString(CultureInfo.InvariantCulture),
            ["num_received"] = session is { Id: > 0 } ? session.Received : rows.Received,
            ["num_invalid_entries"] = session is { Id: > 0 } ? session.Invalid : rows.Invalid.Count,
            ["invalid_entry_samples"] = new JsonObject(rows.Invalid.Take(5).Select(i =>
                KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), (JsonNode?)JsonValue.Create("invalid")))),
        });

    private (FacebookAudience Audience, FacebookAudienceSession Session)? Find(FacebookAdAccount account, long session) => store
        .List(account.Id)
        .SelectMany(a => a.Sessions.Where(s => s.Id == session).Select(s => ((FacebookAudience, FacebookAudienceSession)?)(a, s)))
        .FirstOrDefault();

    private static AudienceRows? Rows(GraphForm form, out GraphError? mistake)
    {
        mistake = null;
        if (form.Payload is not { } payload)
        {
            mistake = new GraphError(400, 100, "(#100) The parameter payload is required");
            return null;
        }

        var rows = AudienceRows.Read(payload, out var problem);
        if (rows is null)
            mistake = new GraphError(400, 100, $"(#100) {problem}");
        return rows;
    }

    private static GraphError Replaced(int subcode, string title) =>
        new(400, 2650, "(#2650) Failed to update the custom audience", subcode) { UserTitle = title, UserMessage = $"{title}." };
}
