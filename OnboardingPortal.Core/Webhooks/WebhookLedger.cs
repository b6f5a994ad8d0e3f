using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// Who delivers which event, and how it ended. A delivery belongs to who claimed it until its lease ends; what comes of an older claim is
/// refused.
/// </summary>
public sealed partial class WebhookLedger(
    PortalDbContextFactory contexts, OutboxSignal outbox, WebhookMetrics metrics, TimeProvider clock, ILogger<WebhookLedger> logger)
{
    /// <summary>What is kept as the answer of an endpoint that was switched off.</summary>
    internal const string SwitchedOff = "The webhook was switched off.";

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);
    private static readonly Leases<WebhookDelivery> Leases = new(TimeSpan.FromMinutes(2), d => d.NextAttemptAt, d => d.Attempts);

    // The pauses that Standard Webhooks recommends: 75 hours and 35 minutes in all.
    private static readonly Pauses Pauses = Pauses.Of(
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24)).Spread(1, 1.2);

    /// <summary>Claims a delivery when it is its turn: its claim counts as an attempt.</summary>
    /// <returns>False when it is not, or another node was quicker.</returns>
    internal async Task<bool> ClaimAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = Leases.EndFrom(now);
        await using var db = contexts.CreateForSystem();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockEndpointAsync(delivery.EndpointId, cancellationToken); // of two nodes the second one sees what the first one claimed
        var mine = await Leases.ClaimAsync(
            db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.Id == delivery.Id && d.State == WebhookDeliveryState.Queued
                && d.Attempts == delivery.Attempts && d.NextAttemptAt <= now
                && (d.LastAttemptAt != null || !db.WebhookDeliveries.IgnoreQueryFilters().Any( // an earlier one has its turn first
                    o => o.EndpointId == d.EndpointId && o.Id < d.Id && o.State == WebhookDeliveryState.Queued && o.NextAttemptAt <= now
                        && o.LastAttemptAt == null))
                && !db.WebhookDeliveries.IgnoreQueryFilters().Any(
                    o => o.EndpointId == d.EndpointId && o.State == WebhookDeliveryState.Queued && o.NextAttemptAt > now && o.Attempts > 0
                        && o.LastAttemptAt == null)),
            until, set => set.SetProperty(d => d.LastAttemptAt, (DateTimeOffset?)null), cancellationToken) == 1;
        await transaction.CommitAsync(cancellationToken);
        return mine;
    }

    /// <summary>Writes down what came of attempts; of one that was claimed anew meanwhile nothing.</summary>
    /// <returns>Those that could not be written, each with its failure; to be tried again.</returns>
    internal async Task<IReadOnlyList<Unwritten<WebhookAttempt>>> WriteAsync(IReadOnlyList<WebhookAttempt> attempts)
    {
        var left = new List<Unwritten<WebhookAttempt>>();
        foreach (var attempt in attempts)
        {
            try
            {
                await WriteAsync(attempt);
            }
            catch (Exception exception)
            {
                left.Add(new Unwritten<WebhookAttempt>(attempt, exception)); // to be tried again
            }
        }

        return left;
    }

    /// <summary>Saves what came of an attempt, also while the portal stops: what the endpoint took it need not take twice.</summary>
    private async Task WriteAsync(WebhookAttempt ended)
    {
        var (endpoint, delivery, attempt, answer) = ended;
        var now = clock.GetUtcNow();
        var state = answer.IsTaken ? WebhookDeliveryState.Delivered
            : answer.IsGone || attempt >= WebhookDelivery.MaxAttempts || endpoint.DisabledAt is not null
                ? WebhookDeliveryState.Failed
                : WebhookDeliveryState.Queued;
        var retryAfter = answer.RetryAfter is { } wanted
            ? TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, 0, LongestRetryAfter.Ticks))
            : TimeSpan.Zero;
        var pause = state == WebhookDeliveryState.Queued ? Max(Pauses.After(attempt), retryAfter) : TimeSpan.Zero;
        var next = now + pause;
        var kept = ForeignText.Fit(answer.Text, WebhookDelivery.AnswerMaxLength);
        await using var db = contexts.Create(delivery.AgencyId);
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
            await RestAsync(db, endpoint.Id, now + Max(retryAfter, Min(Pauses.After(attempt), LongestRest)));
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
            var mail = new NewMail(EmailKind.WebhookGivenUp, MailSubject.Of(endpoint.Id), to.Email, to.Language);
            db.EmailMessages.Add(new EmailMessage(EmailMessageId.New(clock), endpoint.AgencyId, mail, now));
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

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information,
        Message = "Delivery {Delivery}, attempt {Attempt}: status {Status}, now {State}")]
    private partial void LogAttempt(WebhookDeliveryId delivery, int attempt, int? status, WebhookDeliveryState state);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "Webhook {Endpoint} switched off: it no longer answers")]
    private partial void LogGaveUp(WebhookEndpointId endpoint);
}

/// <summary>What came of an attempt.</summary>
/// <param name="Endpoint">As it was before the attempt.</param>
/// <param name="Delivery">As it was before its claim.</param>
/// <param name="Number">The attempt's number, which is the fencing token.</param>
/// <param name="Answer">What the endpoint answered.</param>
internal sealed record WebhookAttempt(WebhookEndpoint Endpoint, WebhookDelivery Delivery, int Number, WebhookAnswer Answer);
