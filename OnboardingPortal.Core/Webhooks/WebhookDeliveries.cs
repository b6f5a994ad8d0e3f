using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Rounds;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// Delivers events as mails are delivered: each attempt is claimed under a lease, and an acknowledgement of an older attempt is refused. An
/// endpoint gets one event at a time, in their order as far as repeats allow. Agencies take turns: each has few places, gets its second one
/// only when every other has its first, and an endpoint gives its place back after a turn, so that slow endpoints hold up their own agency
/// alone.
/// </summary>
/// <seealso href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md" />
public sealed partial class WebhookDeliveries(
    PortalDbContextFactory contexts, WebhookSender sender, OutboxSignal outbox, RoundItems items, WebhookMetrics metrics,
    TimeProvider clock, ILogger<WebhookDeliveries> logger)
{
    private const int Batch = 200;
    private const int MostEndpointsAtOnce = 64;
    private const int MostOfAnAgencyAtOnce = 4;
    private const int MostInATurn = 20;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    // The pauses that Standard Webhooks recommends: 75 hours and 35 minutes in all.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>One round: delivers what is due. While an endpoint is slow to answer, it keeps looking for what is due to others.</summary>
    /// <returns>How many deliveries were taken by their endpoints.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        var running = new Dictionary<WebhookEndpointId, Turn>();
        var round = await items.BeginAsync(RoundKind.Webhook, cancellationToken);
        var elsewhere = new HashSet<WebhookEndpointId>(); // another node is at it: not again before the next look
        try
        {
            while (true)
            {
                foreach (var due in await FindDueAsync(
                    running, [.. elsewhere, .. round.RestingIds<WebhookEndpointId>()], cancellationToken))
                {
                    running.Add(due[0].EndpointId, new Turn(due[0].AgencyId, DeliverAsync(due, cancellationToken)));
                }

                if (running.Count == 0) return taken;
                using var lookAgain = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var look = Task.Delay(LookEvery, clock, lookAgain.Token);
                if (await Task.WhenAny([.. running.Values.Select(t => t.Running), look]) == look) elsewhere.Clear();
                await lookAgain.CancelAsync();
                foreach (var (endpoint, turn) in running.Where(r => r.Value.Running.IsCompleted).ToList())
                {
                    running.Remove(endpoint);
                    await round.TryAsync(turn.Agency, endpoint, async () =>
                    {
                        var progress = await turn.Running;
                        taken += progress.Taken;
                        if (!progress.IsMine) elsewhere.Add(endpoint);
                    }, cancellationToken);
                }
            }
        }
        finally
        {
            Task rest = Task.WhenAll(running.Values.Select(t => t.Running));
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first exception is on its way already
        }
    }

    /// <summary>
    /// What is due to endpoints that have no turn now, as far as there are places: a first place for each agency, then a second one, and so
    /// on.
    /// </summary>
    /// <returns>The next turn of each endpoint, in the order of its events; repeats come last, so that an event that it does not like holds
    /// up no other.</returns>
    private async Task<List<IReadOnlyList<WebhookDelivery>>> FindDueAsync(
        Dictionary<WebhookEndpointId, Turn> running, List<WebhookEndpointId> elsewhere, CancellationToken cancellationToken)
    {
        var found = new List<IReadOnlyList<WebhookDelivery>>();
        var places = running.Values.CountBy(t => t.Agency).ToDictionary();
        List<WebhookEndpointId> busy = [.. running.Keys, .. elsewhere];
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        for (var place = 1; place <= MostOfAnAgencyAtOnce && running.Count + found.Count < MostEndpointsAtOnce;)
        {
            var served = places.Where(p => p.Value >= place).Select(p => p.Key).ToList();
            var due = await db.WebhookDeliveries.IgnoreQueryFilters().AsNoTracking()
                .Where(d => d.State == WebhookDeliveryState.Queued && d.NextAttemptAt <= now && !busy.Contains(d.EndpointId)
                    && !served.Contains(d.AgencyId))
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id).Take(Batch).ToListAsync(cancellationToken);
            foreach (var ofAgency in due.GroupBy(d => d.AgencyId).Take(MostEndpointsAtOnce - running.Count - found.Count))
            {
                var turn = ofAgency.GroupBy(d => d.EndpointId).First();
                found.Add([.. turn.OrderBy(d => d.LastAttemptAt is not null).ThenBy(d => d.Id.Value).Take(MostInATurn)]);
                busy.Add(turn.Key);
                places[ofAgency.Key] = places.GetValueOrDefault(ofAgency.Key) + 1;
            }

            if (due.Count < Batch) place++; // otherwise one agency's many may hide another's
        }

        return found;
    }

    /// <summary>An endpoint's turn: ends after a while, or with the first failure, since the endpoint is left alone then.</summary>
    private async Task<Progress> DeliverAsync(IReadOnlyList<WebhookDelivery> due, CancellationToken cancellationToken)
    {
        var (taken, tried, begun) = (0, 0, clock.GetTimestamp());
        foreach (var delivery in due.TakeWhile(_ => clock.GetElapsedTime(begun) < LongestTurn))
        {
            if (!await ClaimAsync(delivery, cancellationToken)) continue;
            tried++;
            if (!await TryAsync(delivery, delivery.Attempts + 1, cancellationToken)) break;
            taken++;
        }

        return new Progress(taken, tried > 0);
    }

    private async Task<bool> ClaimAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + Lease;
        await using var db = contexts.CreateForSystem();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockEndpointAsync(delivery.EndpointId, cancellationToken); // of two nodes the second one sees what the first one claimed
        var mine = await db.WebhookDeliveries.IgnoreQueryFilters()
            .Where(d => d.Id == delivery.Id && d.State == WebhookDeliveryState.Queued && d.Attempts == delivery.Attempts
                && d.NextAttemptAt <= now
                && (d.LastAttemptAt != null || !db.WebhookDeliveries.IgnoreQueryFilters().Any( // an earlier one has its turn first
                    o => o.EndpointId == d.EndpointId && o.Id < d.Id && o.State == WebhookDeliveryState.Queued && o.NextAttemptAt <= now
                        && o.LastAttemptAt == null))
                && !db.WebhookDeliveries.IgnoreQueryFilters().Any(
                    o => o.EndpointId == d.EndpointId && o.State == WebhookDeliveryState.Queued && o.NextAttemptAt > now && o.Attempts > 0
                        && o.LastAttemptAt == null))
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.Attempts, d => d.Attempts + 1).SetProperty(d => d.NextAttemptAt, until)
                    .SetProperty(d => d.LastAttemptAt, (DateTimeOffset?)null),
                cancellationToken) == 1;
        await transaction.CommitAsync(cancellationToken);
        return mine;
    }

    private async Task<bool> TryAsync(WebhookDelivery delivery, int attempt, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(delivery.AgencyId);
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == delivery.EndpointId, cancellationToken);
        if (endpoint is null) return false; // removed, and the delivery with it
        WebhookAnswer answer;
        try
        {
            answer = endpoint.DisabledAt is null
                ? await metrics.MeasureAsync(delivery, () => sender.SendAsync(endpoint, delivery, cancellationToken))
                : new WebhookAnswer(null, SwitchedOff, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, delivery.Id, attempt);
            answer = new WebhookAnswer(null, exception.Message, null);
        }

        await AcknowledgeAsync(db, endpoint, delivery, attempt, answer);
        return answer.IsTaken;
    }

    /// <summary>Saves what came of an attempt, also while the portal stops: what the endpoint took it need not take twice.</summary>
    private async Task AcknowledgeAsync(
        PortalDbContext db, WebhookEndpoint endpoint, WebhookDelivery delivery, int attempt, WebhookAnswer answer)
    {
        var now = clock.GetUtcNow();
        var state = answer.IsTaken ? WebhookDeliveryState.Delivered
            : answer.IsGone || attempt >= WebhookDelivery.MostAttempts || endpoint.DisabledAt is not null
                ? WebhookDeliveryState.Failed
                : WebhookDeliveryState.Queued;
        var retryAfter = answer.RetryAfter is { } wanted
            ? TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, 0, LongestRetryAfter.Ticks))
            : TimeSpan.Zero;
        var pause = state == WebhookDeliveryState.Queued ? Max(PauseAfter(attempt), retryAfter) : TimeSpan.Zero;
        var (next, kept) = (now + pause, ForeignText.Fit(answer.Text, WebhookDelivery.AnswerMaxLength));
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        // first, as claims do: two that met in another order would wait for each other
        await db.LockEndpointAsync(endpoint.Id, CancellationToken.None);
        var mine = await db.WebhookDeliveries.Where(
            d => d.Id == delivery.Id && d.State == WebhookDeliveryState.Queued && d.Attempts == attempt).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.NextAttemptAt, next).SetProperty(d => d.LastAttemptAt, now)
                .SetProperty(d => d.LastStatus, answer.Status).SetProperty(d => d.LastAnswer, kept),
            CancellationToken.None);
        if (mine == 0) return; // the lease ran out and somebody else took over
        if (!answer.IsTaken && endpoint.DisabledAt is null)
            await RestAsync(db, endpoint.Id, now + Max(retryAfter, Min(PauseAfter(attempt), LongestRest)));
        var gaveUp = state == WebhookDeliveryState.Failed && endpoint.DisabledAt is null
            && (answer.IsGone
                || !await db.WebhookDeliveries.AnyAsync(
                    d => d.EndpointId == endpoint.Id && d.State == WebhookDeliveryState.Delivered && d.LastAttemptAt >= delivery.CreatedAt))
            && await GiveUpAsync(db, endpoint, now);
        await transaction.CommitAsync(CancellationToken.None);
        LogAttempt(delivery.Id, attempt, answer.Status, state);
        if (!gaveUp) return;
        metrics.NoteGivenUp();
        outbox.Wake();
    }

    /// <summary>Leaves an endpoint that failed alone for a while: what else is due to it waits, without an attempt being counted.</summary>
    private static Task<int> RestAsync(PortalDbContext db, WebhookEndpointId endpoint, DateTimeOffset until) =>
        db.WebhookDeliveries.Where(d => d.EndpointId == endpoint && d.State == WebhookDeliveryState.Queued && d.NextAttemptAt < until)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, until), CancellationToken.None);

    /// <summary>Switches an endpoint off that no longer answers, and tells the main users.</summary>
    private async Task<bool> GiveUpAsync(PortalDbContext db, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        var mine = await db.WebhookEndpoints.Where(e => e.Id == endpoint.Id && e.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.DisabledAt, now).SetProperty(e => e.GaveUp, true), CancellationToken.None);
        if (mine == 0) return false;
        await DropAsync(db, endpoint.Id, CancellationToken.None);
        foreach (var to in await Notices.ListMainUsersAsync(db, endpoint.AgencyId, CancellationToken.None))
        {
            db.EmailMessages.Add(
                new EmailMessage(
                    EmailMessageId.New(clock), endpoint.AgencyId, EmailKind.WebhookGivenUp, to.Email, to.Language, endpoint.Id.Value, now));
        }

        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), endpoint.AgencyId, now, AuditKind.WebhookGivenUp, Actor.System, null, null, endpoint.Url));
        await db.SaveChangesAsync(CancellationToken.None);
        LogGaveUp(endpoint.Id);
        return true;
    }

    /// <summary>What waits for an endpoint that was switched off is not delivered any more.</summary>
    internal static Task<int> DropAsync(PortalDbContext db, WebhookEndpointId endpoint, CancellationToken cancellationToken) =>
        db.WebhookDeliveries.Where(d => d.EndpointId == endpoint && d.State == WebhookDeliveryState.Queued).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, WebhookDeliveryState.Failed)
                .SetProperty(d => d.LastAnswer, d => d.LastAnswer ?? SwitchedOff), cancellationToken);

    private const string SwitchedOff = "The webhook was switched off.";

    private static TimeSpan PauseAfter(int attempt) =>
        Pauses[Math.Min(attempt, Pauses.Length) - 1] * (1 + (RandomNumberGenerator.GetInt32(200) / 1000.0));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "Delivery {Delivery}, attempt {Attempt}: status {Status}, now {State}")]
    private partial void LogAttempt(WebhookDeliveryId delivery, int attempt, int? status, WebhookDeliveryState state);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning, Message = "Delivery {Delivery} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception exception, WebhookDeliveryId delivery, int attempt);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "Webhook {Endpoint} switched off: it no longer answers")]
    private partial void LogGaveUp(WebhookEndpointId endpoint);

    /// <summary>An endpoint's place among those that are served.</summary>
    private sealed record Turn(AgencyId Agency, Task<Progress> Running);

    /// <summary>How far a turn came.</summary>
    /// <param name="Taken">How many deliveries the endpoint took.</param>
    /// <param name="IsMine">Whether there was anything to try; otherwise another node is at it.</param>
    private sealed record Progress(int Taken, bool IsMine);
}
