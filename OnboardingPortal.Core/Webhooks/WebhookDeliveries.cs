using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>
/// Delivers events as mails are delivered: each attempt is claimed under a lease, and an acknowledgement of an older attempt is refused. An
/// endpoint gets one event at a time, in their order as far as repeats allow. Agencies take turns: each has few places, gets its second one
/// only when every other has its first, and an endpoint gives its place back after a turn, so that slow endpoints hold up their own agency
/// alone.
/// </summary>
/// <seealso href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md" />
public sealed partial class WebhookDeliveries
{
    private const int Batch = 200;
    private const int MaxEndpointsAtOnce = 64;
    private const int MaxOfAnAgencyAtOnce = 4;
    private const int MaxInATurn = 20;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    private readonly PortalDbContextFactory _contexts;
    private readonly WebhookSender _sender;
    private readonly WebhookLedger _ledger;
    private readonly RoundItems _items;
    private readonly WebhookMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookDeliveries> _logger;
    private readonly Acknowledgements<WebhookAttempt> _acknowledgements;

    /// <summary>Makes the delivery of this node.</summary>
    public WebhookDeliveries(
        PortalDbContextFactory contexts, WebhookSender sender, WebhookLedger ledger, RoundItems items, WebhookMetrics metrics,
        TimeProvider clock, ILogger<WebhookDeliveries> logger)
    {
        _contexts = contexts;
        _sender = sender;
        _ledger = ledger;
        _items = items;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        _acknowledgements = new(
            ledger.WriteAsync, unwritten => Task.FromException(unwritten.Failure), clock, logger); // the endpoint rests then
    }

    /// <summary>One round: delivers what is due. While an endpoint is slow to answer, it keeps looking for what is due to others.</summary>
    /// <returns>How many deliveries were taken by their endpoints.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        var running = new Dictionary<WebhookEndpointId, AgencyId>();
        var round = await _items.BeginAsync(RoundKind.Webhook, cancellationToken);
        var elsewhere = new HashSet<WebhookEndpointId>(); // another node is at it: not again before the next look
        await using var crew = new Crew<EndpointTurn>(_clock);
        while (true)
        {
            if (!_acknowledgements.IsBehind)
            {
                foreach (var due in await FindDueAsync(
                    running, [.. elsewhere, .. round.RestingIds<WebhookEndpointId>()], cancellationToken))
                {
                    running.Add(due[0].EndpointId, due[0].AgencyId);
                    crew.Add(TakeTurnAsync(round, due, cancellationToken));
                }
            }

            if (crew.Count == 0) return taken;
            var ended = await crew.WaitAsync(cancellationToken);
            if (ended.Count == 0) elsewhere.Clear();
            foreach (var turn in ended)
            {
                var (endpoint, took, isMine) = await turn;
                running.Remove(endpoint);
                taken += took;
                if (!isMine) elsewhere.Add(endpoint);
            }
        }
    }

    /// <summary>
    /// What is due to endpoints that have no turn now, as far as there are places: a first place for each agency, then a second one, and so
    /// on.
    /// </summary>
    /// <returns>The next turn of each endpoint, in the order of its events; repeats come last, so that an event that it does not like holds
    /// up no other.</returns>
    private async Task<List<IReadOnlyList<WebhookDelivery>>> FindDueAsync(
        Dictionary<WebhookEndpointId, AgencyId> running, List<WebhookEndpointId> elsewhere, CancellationToken cancellationToken)
    {
        var found = new List<IReadOnlyList<WebhookDelivery>>();
        var places = running.Values.CountBy(agency => agency).ToDictionary();
        List<WebhookEndpointId> busy = [.. running.Keys, .. elsewhere];
        var now = _clock.GetUtcNow();
        await using var db = _contexts.CreateForSystem();
        for (var place = 1; place <= MaxOfAnAgencyAtOnce && running.Count + found.Count < MaxEndpointsAtOnce;)
        {
            var served = places.Where(p => p.Value >= place).Select(p => p.Key).ToList();
            var due = await db.WebhookDeliveries.IgnoreQueryFilters().AsNoTracking()
                .Where(d => d.State == WebhookDeliveryState.Queued && d.NextAttemptAt <= now && !busy.Contains(d.EndpointId)
                    && !served.Contains(d.AgencyId))
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id).Take(Batch).ToListAsync(cancellationToken);
            foreach (var ofAgency in due.GroupBy(d => d.AgencyId).Take(MaxEndpointsAtOnce - running.Count - found.Count))
            {
                var turn = ofAgency.GroupBy(d => d.EndpointId).First();
                found.Add([.. turn.OrderBy(d => d.LastAttemptAt is not null).ThenBy(d => d.Id.Value).Take(MaxInATurn)]);
                busy.Add(turn.Key);
                places[ofAgency.Key] = places.GetValueOrDefault(ofAgency.Key) + 1;
            }

            if (due.Count < Batch) place++; // otherwise one agency's many may hide another's
        }

        return found;
    }

    /// <summary>An endpoint's turn: ends after a while, or with the first failure, since the endpoint is left alone then.</summary>
    private async Task<EndpointTurn> TakeTurnAsync(
        RoundItems.Round round, IReadOnlyList<WebhookDelivery> due, CancellationToken cancellationToken)
    {
        var endpoint = due[0].EndpointId;
        var taken = 0;
        var tried = 0;
        var begun = _clock.GetTimestamp();
        var isWell = await round.TryAsync(due[0].AgencyId, endpoint, async () =>
        {
            foreach (var delivery in due.TakeWhile(_ => _clock.GetElapsedTime(begun) < LongestTurn))
            {
                if (!await _ledger.ClaimAsync(delivery, cancellationToken)) continue;
                tried++;
                if (!await TryAsync(delivery, delivery.Attempts + 1, cancellationToken)) break;
                taken++;
            }
        }, cancellationToken);
        return new EndpointTurn(endpoint, taken, tried > 0 || !isWell);
    }

    private async Task<bool> TryAsync(WebhookDelivery delivery, int attempt, CancellationToken cancellationToken)
    {
        if (await FindAsync(delivery, cancellationToken) is not { } endpoint) return false; // removed, and the delivery with it
        WebhookAnswer answer;
        try
        {
            answer = endpoint.DisabledAt is null
                ? await _metrics.MeasureAsync(delivery, () => _sender.SendAsync(endpoint, delivery, cancellationToken))
                : new WebhookAnswer(null, WebhookLedger.SwitchedOff, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, delivery.Id, attempt);
            answer = new WebhookAnswer(null, exception.Message, null);
        }

        await _acknowledgements.WriteAsync([new WebhookAttempt(endpoint, delivery, attempt, answer)], cancellationToken);
        return answer.IsTaken;
    }

    private async Task<WebhookEndpoint?> FindAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        await using var db = _contexts.Create(delivery.AgencyId);
        return await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == delivery.EndpointId, cancellationToken);
    }

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning, Message = "Delivery {Delivery} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception exception, WebhookDeliveryId delivery, int attempt);

    /// <summary>How far an endpoint's turn came.</summary>
    /// <param name="Endpoint">Whose turn it was.</param>
    /// <param name="Taken">How many deliveries the endpoint took.</param>
    /// <param name="IsMine">Whether there was anything to try; otherwise another node is at it.</param>
    private sealed record EndpointTurn(WebhookEndpointId Endpoint, int Taken, bool IsMine);
}
