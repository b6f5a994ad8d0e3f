using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Finds what needs somebody's hand, and whose. Each question goes through an index or looks at a bounded number of requests.
/// </summary>
public static class PendingTasks
{
    /// <summary>The most lines.</summary>
    public const int MaxShown = 12;

    private const int MaxLookedAt = 500;
    private const int QuestionLength = 100;
    private static readonly TimeSpan LongestWait = ConnectedAsset.LongestWait;
    private static readonly TimeSpan ShortWait = TimeSpan.FromHours(1);

    internal static async Task<IReadOnlyList<PendingTask>> ListAsync(
        PortalDbContext db, IQueryable<OnboardingRequest> alive, DateTimeOffset now)
    {
        var lines = new Dictionary<RequestId, Line>();
        foreach (var line in await Lines(HubReader.Problems(alive).OrderByDescending(r => r.ActivityAt).Take(MaxShown)))
            lines.TryAdd(line.Id, line);
        foreach (var line in await Lines(HubReader.Resting(alive, now).OrderByDescending(r => r.ActivityAt).Take(MaxShown)))
            lines.TryAdd(line.Id, line);
        foreach (var line in await Lines(Waiting(db, alive, now).OrderByDescending(r => r.CompletedAt).Take(MaxShown)))
            lines.TryAdd(line.Id, line);

        var accounts = await AccountsAsync(db, [.. lines.Keys]);
        var needs = lines.Values.Select(line => NeedOf(line, accounts.Where(c => c.RequestId == line.Id))).ToList();
        needs.AddRange(await NewLinksAsync(alive));
        needs.AddRange(await QuestionsAsync(db, alive));
        needs.AddRange(await MailsAsync(db, alive));
        needs.AddRange(await DeliveriesAsync(db, alive));
        return [.. needs.OrderByDescending(n => n.Since).Take(MaxShown)];
    }

    /// <summary>
    /// In two reads, which the context joins: an Include would be ordered, and SQLite would go through the whole table in that order.
    /// </summary>
    private static async Task<List<PlatformConnection>> AccountsAsync(PortalDbContext db, List<RequestId> requests)
    {
        if (requests.Count == 0) return [];
        var accounts = await db.Connections.Where(
            c => c.RequestId != null && requests.Contains(c.RequestId.Value) && c.State != ConnectionState.Removed).ToListAsync();
        var ids = accounts.ConvertAll(c => c.Id);
        if (ids.Count > 0) await db.Assets.Where(a => ids.Contains(a.ConnectionId) && a.State != AssetState.Shared).LoadAsync();
        return accounts;
    }

    private static Task<List<Line>> Lines(IQueryable<OnboardingRequest> requests) =>
        requests.Select(r => new Line(r.Id, r.FirstRecipient, r.ActivityAt)).ToListAsync();

    /// <summary>Completed requests of which a share still waits for somebody at the platform.</summary>
    private static IQueryable<OnboardingRequest> Waiting(PortalDbContext db, IQueryable<OnboardingRequest> alive, DateTimeOffset now)
    {
        var since = now - LongestWait;
        var waits = now - ShortWait;
        return alive.Where(r => r.CompletedAt != null && r.CompletedAt >= since).OrderByDescending(r => r.CompletedAt).Take(MaxLookedAt)
            .Where(r => db.Connections.Any(c => c.RequestId == r.Id && c.State != ConnectionState.Removed && c.Assets.Any(
                a => (a.State == AssetState.AwaitingAdminApproval || a.State == AssetState.AwaitingClient) && a.StateSince <= waits)));
    }

    private static async Task<IEnumerable<PendingTask>> NewLinksAsync(IQueryable<OnboardingRequest> alive)
    {
        var asked = await alive.Where(r => r.Status == RequestStatus.Expired).OrderByDescending(r => r.Id).Take(MaxLookedAt)
            .Where(r => r.Activity == RequestActivity.NewLinkAsked).OrderByDescending(r => r.ActivityAt).Take(MaxShown)
            .Select(r => new { r.Id, r.FirstRecipient, r.NewLinkAskedAt, r.ActivityAt }).ToListAsync();
        return asked.Select(
            r => new PendingTask(
                r.Id, r.FirstRecipient, HubHand.You, HubReason.NewLinkAsked, "", null, null, r.NewLinkAskedAt ?? r.ActivityAt));
    }

    /// <summary>The newest question of each pending request that waits for an answer.</summary>
    private static async Task<IEnumerable<PendingTask>> QuestionsAsync(PortalDbContext db, IQueryable<OnboardingRequest> alive)
    {
        var asked = await alive.Where(r => r.Status == RequestStatus.Pending).OrderByDescending(r => r.Id).Take(MaxLookedAt)
            .SelectMany(
                r => db.Questions.Where(q => q.RequestId == r.Id && q.AnsweredAt == null && !db.Questions.Any(later =>
                    later.RequestId == q.RequestId && later.AnsweredAt == null && later.AskedAt > q.AskedAt)),
                (r, q) => new { r.Id, r.FirstRecipient, Question = q })
            .OrderByDescending(q => q.Question.AskedAt).Take(MaxShown).ToListAsync();
        return asked.DistinctBy(q => q.Id).Select(q => new PendingTask(
            q.Id, q.FirstRecipient, HubHand.You, HubReason.QuestionAsked, q.Question.Beginning(QuestionLength), q.Question.Platform, null,
            q.Question.AskedAt));
    }

    private static async Task<IEnumerable<PendingTask>> MailsAsync(PortalDbContext db, IQueryable<OnboardingRequest> alive)
    {
        var given = await alive.Where(r => r.Status == RequestStatus.Pending).OrderByDescending(r => r.Id).Take(MaxLookedAt)
            .SelectMany(
                r => db.EmailMessages.Where(
                    m => m.RequestId == r.Id && m.Kind == EmailKind.Request && m.State == EmailState.Dead && m.Delivery == null
                        && m.QueuedAt >= r.SentAt),
                (r, m) => new { r.Id, r.FirstRecipient, m.To, m.NextAttemptAt })
            .OrderByDescending(m => m.NextAttemptAt).Take(MaxShown).ToListAsync();
        return given.Select(
            m => new PendingTask(m.Id, m.FirstRecipient, HubHand.You, HubReason.MailGivenUp, m.To, null, null, m.NextAttemptAt));
    }

    /// <summary>Mails that were taken and did not reach their reader, since the request was last sent.</summary>
    private static async Task<IEnumerable<PendingTask>> DeliveriesAsync(PortalDbContext db, IQueryable<OnboardingRequest> alive)
    {
        var lost = await alive.Where(r => r.Status == RequestStatus.Pending).OrderByDescending(r => r.Id).Take(MaxLookedAt)
            .SelectMany(
                r => db.Recipients.Where(
                    t => t.RequestId == r.Id && t.Delivery != null && DeliveryStates.Troubles.Contains(t.Delivery.Value)
                        && t.DeliveryAt >= r.SentAt),
                (r, t) => new { r.Id, r.FirstRecipient, t.Email, t.Delivery, t.DeliveryAt })
            .OrderByDescending(t => t.DeliveryAt).Take(MaxShown).ToListAsync();
        return lost.Select(
            t => new PendingTask(
                t.Id, t.FirstRecipient, HubHand.You, ReasonOf(t.Delivery!.Value), t.Email, null, null, t.DeliveryAt!.Value));
    }

    private static HubReason ReasonOf(DeliveryState state) => state switch
    {
        DeliveryState.Dropped => HubReason.MailDropped,
        DeliveryState.Spam => HubReason.MailMarkedSpam,
        _ => HubReason.MailCameBack,
    };

    private static PendingTask NeedOf(Line line, IEnumerable<PlatformConnection> accounts)
    {
        var needs = accounts.SelectMany(account => NeedsOf(line, account)).ToList();
        return needs.Find(n => n.Hand == HubHand.You) ?? needs.FirstOrDefault()
            ?? new PendingTask(line.Id, line.FirstRecipient, HubHand.Client, HubReason.NoMovement, "", null, null, line.ActivityAt);
    }

    private static IEnumerable<PendingTask> NeedsOf(Line line, PlatformConnection account)
    {
        if (account is { State: ConnectionState.ReconnectNeeded, EraseCredentialsAt: null })
        {
            yield return Need(HubHand.Client, HubReason.SignInAgain, account.DisplayName, account.Failure, account.LastCheckedAt);
        }

        foreach (var asset in account.Assets.OrderBy(a => a.State.IsWaiting))
        {
            HubReason? reason = asset.State switch
            {
                AssetState.Failed => HubReason.NotShared,
                AssetState.Lost => HubReason.AccessLost,
                AssetState.AwaitingAdminApproval => HubReason.Approve,
                AssetState.AwaitingClient => HubReason.Accept,
                _ => null,
            };
            if (reason is { } what) yield return Need(HandFor(what, asset.Failure), what, asset.Name, asset.Failure, asset.StateSince);
        }

        PendingTask Need(HubHand hand, HubReason reason, string subject, PlatformFailureKind? failure, DateTimeOffset? since) =>
            new(line.Id, line.FirstRecipient, hand, reason, subject, account.Platform, failure, since ?? line.ActivityAt);
    }

    private static HubHand HandFor(HubReason reason, PlatformFailureKind? failure) => (reason, failure) switch
    {
        (HubReason.NotShared, PlatformFailureKind.LimitReached or PlatformFailureKind.Misconfigured) => HubHand.You,
        (HubReason.NotShared, PlatformFailureKind.PermissionDenied) or (HubReason.Approve, _) => HubHand.ClientAdmin,
        _ => HubHand.Client,
    };

    private sealed record Line(RequestId Id, string FirstRecipient, DateTimeOffset ActivityAt);
}
