using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Rounds;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// Keeps what became of mails after a transport took them, or refused them for good. An event counts once, in whatever order events come;
/// what concerns a request's mail shows at its recipient, and a recipient who was not reached is told to the requester, once.
/// </summary>
public sealed partial class DeliveryService(
    PortalDbContextFactory contexts, RequestChanges changes, IOptions<RetentionOptions> kept, TimeProvider clock,
    ILogger<DeliveryService> logger)
{
    /// <summary>How long a mail service goes on trying, with room; older mails are not looked up by the service's own id.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromDays(10);

    /// <summary>How many days back events are counted that concern no mail of this portal.</summary>
    public const int DaysCounted = 7;

    /// <summary>
    /// Takes in what a mail service tells. Events of mails that nobody knows, and of addresses that a mail did not go to, change nothing
    /// and are counted.
    /// </summary>
    /// <returns>How many events told something new.</returns>
    public async Task<int> ApplyAsync(IReadOnlyList<DeliveryReport> reports, CancellationToken cancellationToken)
    {
        var told = 0;
        var known = await MatchAsync(reports, cancellationToken);
        await CountAsync(reports.Select(r => r.Id).Except(known.Select(m => m.Report.Id)).Count(), cancellationToken);
        foreach (var ofOne in known.GroupBy(m => (m.Mail.AgencyId, m.Mail.RequestId, IsToClient: m.Mail.Kind == EmailKind.Request)))
        {
            List<Match> matches = [.. ofOne.OrderBy(m => m.Report.At).ThenBy(m => m.Report.State)];
            told += ofOne.Key is { RequestId: { } request, IsToClient: true }
                ? await ApplyAsync(ofOne.Key.AgencyId, request, matches, cancellationToken)
                : await ApplyAsync(ofOne.Key.AgencyId, matches, cancellationToken);
        }

        return told;
    }

    /// <summary>
    /// Ends a mail that was refused for good, instead of the outbox's own acknowledgement: the mail is dead, its recipient shows as
    /// refused, and the requester is told.
    /// </summary>
    /// <param name="mail">As it was claimed.</param>
    /// <param name="attempt">The claim's number.</param>
    /// <param name="words">What the server said; hostile text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Whether the claim still held; otherwise nothing changed.</returns>
    internal async Task<bool> RefusedAsync(EmailMessage mail, int attempt, string words, CancellationToken cancellationToken)
    {
        var said = ForeignText.Fit(words, EmailMessage.ErrorMaxLength);
        if (mail is { Kind: EmailKind.Request, RequestId: { } request })
        {
            var requester = await contexts.FindRequesterAsync(mail.AgencyId, request, cancellationToken);
            var shown = await changes.ApplyAsync<bool>(mail.AgencyId, request, Actor.System, async (change, token) =>
            {
                var mine = await change.Db.EmailMessages.Where(
                    m => m.Id == mail.Id && m.State == EmailState.Queued && m.Attempts == attempt).ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.State, EmailState.Dead).SetProperty(m => m.NextAttemptAt, change.Now)
                        .SetProperty(m => m.LastError, said)
                        .SetProperty(m => m.IsTroubleOfSending, false), token);
                if (mine == 0) return new RequestNotFound(); // the lease ran out and somebody else took over
                var dead = await change.Db.EmailMessages.SingleAsync(m => m.Id == mail.Id, token);
                if (dead.Tell(DeliveryState.Bounced, change.Now, said)) await ShowAsync(change, dead, requester, token);
                return true;
            }, cancellationToken);
            if (shown.Succeeded) return true;
        }

        // Nothing to show it at: another mail, or a request deleted meanwhile.
        DateTimeOffset? now = clock.GetUtcNow();
        await using var db = contexts.Create(mail.AgencyId);
        return await db.EmailMessages.Where(
            m => m.Id == mail.Id && m.State == EmailState.Queued && m.Attempts == attempt).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, EmailState.Dead).SetProperty(m => m.NextAttemptAt, now.Value)
                .SetProperty(m => m.LastError, said)
                .SetProperty(m => m.IsTroubleOfSending, false).SetProperty(m => m.Delivery, DeliveryState.Bounced)
                .SetProperty(m => m.DeliveryAt, now).SetProperty(m => m.DeliveryText, said),
            cancellationToken) == 1;
    }

    /// <summary>
    /// How many events of the last <see cref="DaysCounted"/> days, this one included, concerned no mail of this portal: mails of somebody
    /// who sends with the same account, or of a database that is gone.
    /// </summary>
    public async Task<long> CountUnmatchedAsync(CancellationToken cancellationToken)
    {
        var since = Today - DaysCounted;
        await using var db = contexts.CreateForSystem();
        return await db.UnmatchedEvents.Where(e => e.Day > since).SumAsync(e => e.Count, cancellationToken);
    }

    /// <summary>One round of forgetting events that came so long ago that no repeat of them is taken any more.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        // An event is known for longer than its repeat is taken.
        var (before, since) = (clock.GetUtcNow() - kept.Value.DeliveryEvents, Today - DaysCounted);
        await using var db = contexts.CreateForSystem();
        await db.UnmatchedEvents.Where(e => e.Day <= since).ExecuteDeleteAsync(cancellationToken);
        return await db.DeliveryEvents.IgnoreQueryFilters().Where(e => e.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task CountAsync(int unmatched, CancellationToken cancellationToken)
    {
        if (unmatched == 0) return;
        await using var db = contexts.CreateForSystem();
        await db.Database.ExecuteSqlAsync( // at once, whoever else counts at the same instant
            $"""
            INSERT INTO unmatched_events ("Day", "Count") VALUES ({Today}, {(long)unmatched})
            ON CONFLICT ("Day") DO UPDATE SET "Count" = unmatched_events."Count" + excluded."Count"
            """,
            cancellationToken);
        LogUnmatched(unmatched);
    }

    /// <summary>Finds each event's mail: by the id that was given along or stands in its Message-ID, else by the service's own.</summary>
    private async Task<List<Match>> MatchAsync(IReadOnlyList<DeliveryReport> reports, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var (known, matches) = (db.EmailMessages.IgnoreQueryFilters().AsNoTracking(), new List<Match>());
        foreach (var some in reports.Where(r => r.Mail is not null).Chunk(500))
        {
            var ids = some.Select(r => r.Mail!.Value).Distinct().ToList();
            var mails = await known.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
            matches.AddRange(
                from report in some where mails.ContainsKey(report.Mail!.Value) select new Match(report, mails[report.Mail!.Value]));
        }

        // Ids rise with time, so the primary key leaves out all that is older.
        var oldest = new EmailMessageId(TimeOrderedId.First(clock.GetUtcNow() - LongestWay));
        var found = matches.Select(m => m.Report.Id).ToHashSet();
        foreach (var some in reports.Where(r => r.MessageId is not null && !found.Contains(r.Id)).Chunk(100))
        {
            var candidates = some.SelectMany(r => BeginningsOf(r.MessageId!)).Distinct().ToList();
            var mails = (await known.Where(m => m.Id > oldest && m.ProviderId != null && candidates.Contains(m.ProviderId!))
                .ToListAsync(cancellationToken)).ToLookup(m => m.ProviderId!);
            matches.AddRange(
                from report in some
                from beginning in BeginningsOf(report.MessageId!)
                from mail in mails[beginning]
                select new Match(report, mail));
        }

        matches.RemoveAll(m => !EmailAddress.IsSame(m.Report.Email, m.Mail.To));
        return matches;
    }

    /// <summary>The whole id, and what stands before each of its dots: the service adds to the id that it gave the mail.</summary>
    private static IEnumerable<string> BeginningsOf(string id)
    {
        if (id.Length <= EmailMessage.ProviderIdMaxLength) yield return id;
        for (var at = id.IndexOf(
            '.', StringComparison.Ordinal); at is > 0 and <= EmailMessage.ProviderIdMaxLength; at = id.IndexOf('.', at + 1))
            yield return id[..at];
    }

    /// <summary>Events of a request's mails to recipients.</summary>
    private async Task<int> ApplyAsync(AgencyId agency, RequestId request, List<Match> matches, CancellationToken cancellationToken)
    {
        var requester = matches.Exists(m => m.Report.State.IsTrouble)
            ? await contexts.FindRequesterAsync(agency, request, cancellationToken)
            : null;
        var result = await changes.ApplyAsync<int>(agency, request, Actor.System, async (change, token) =>
        {
            var fresh = await TakeNewAsync(
                change.Db, matches, change.Now, change.Db.EmailMessages.Where(m => m.RequestId == request), token);
            foreach (var (report, mail) in fresh)
            {
                if (mail.Tell(report.State, Earlier(report.At, change.Now), report.Text)) await ShowAsync(change, mail, requester, token);
                else (await NewestAsync(change, mail, token))?.Tell(mail);
            }

            return fresh.Count == 0 ? new RequestNotFound() : fresh.Count; // told before: nothing is to be saved
        }, cancellationToken);
        if (result.Succeeded) LogTold(result.Value, request);
        return result.Succeeded ? result.Value : 0;
    }

    /// <summary>Events of other mails: kept with the mail.</summary>
    private async Task<int> ApplyAsync(AgencyId agency, List<Match> matches, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var now = clock.GetUtcNow();
        var fresh = await TakeNewAsync(db, matches, now, db.EmailMessages, cancellationToken);
        foreach (var (report, mail) in fresh) mail.Tell(report.State, Earlier(report.At, now), report.Text);
        await db.SaveChangesAsync(cancellationToken);
        return fresh.Count;
    }

    /// <summary>Notes the events that were not told before, and reads their mails as they are now.</summary>
    private static async Task<List<Match>> TakeNewAsync(
        PortalDbContext db, List<Match> matches, DateTimeOffset now, IQueryable<EmailMessage> mails, CancellationToken cancellationToken)
    {
        var (events, ids) = (matches.ConvertAll(m => m.Report.Id), matches.Select(m => m.Mail.Id).Distinct().ToList());
        var known = await db.DeliveryEvents.IgnoreQueryFilters().Where(e => events.Contains(e.Id)).Select(e => e.Id)
            .ToHashSetAsync(cancellationToken);
        var fresh = matches.Where(m => known.Add(m.Report.Id)).ToList();
        if (fresh.Count == 0) return [];
        var present = await mails.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
        foreach (var (report, mail) in fresh)
            db.DeliveryEvents.Add(new DeliveryEvent(report.Id, mail.AgencyId, mail.Id, report.State, report.At, now));
        return fresh.ConvertAll(m => m with { Mail = present[m.Mail.Id] });
    }

    /// <summary>Notes a mail's new state on the timeline and at its recipient; one who was not reached is told to the requester.</summary>
    private static async Task ShowAsync(RequestChange change, EmailMessage mail, Addressee? requester, CancellationToken cancellationToken)
    {
        var state = mail.Delivery!.Value;
        if (KindOf(state) is { } kind) change.Record(kind, detail: mail.To);
        // sent again meanwhile: only the newer mail counts
        if (await NewestAsync(change, mail, cancellationToken) is not { } recipient) return;
        recipient.Tell(mail);
        var request = change.Request;
        if (request.Status != RequestStatus.Connected && state.IsTrouble && requester is not null
            && !await IsToldOfAsync(change, recipient, cancellationToken)) change.MailAbout(EmailKind.Undeliverable, MailSubject.Of(recipient.Id), requester);
        if (request.Status != RequestStatus.Pending) return;
        if (state is DeliveryState.Bounced or DeliveryState.Dropped) request.Note(RequestActivity.Bounced, change.Now);
        else if (state == DeliveryState.Delivered && request.Activity is RequestActivity.Sent or RequestActivity.Delivered)
            request.Note(RequestActivity.Delivered, change.Now);
    }

    /// <summary>The mail's recipient, when no newer mail went to them.</summary>
    private static async Task<Recipient?> NewestAsync(RequestChange change, EmailMessage mail, CancellationToken cancellationToken)
    {
        var newest = await change.Db.EmailMessages.Where(
            m => m.RequestId == mail.RequestId && m.Kind == EmailKind.Request && m.To == mail.To)
            .OrderByDescending(m => m.Id).Select(m => m.Id).FirstAsync(cancellationToken);
        return newest == mail.Id ? change.Request.Recipients.FirstOrDefault(r => r.IsAt(mail.To)) : null;
    }

    private static async Task<bool> IsToldOfAsync(RequestChange change, Recipient recipient, CancellationToken cancellationToken) =>
        change.Db.EmailMessages.Local.Any(m => m.Kind == EmailKind.Undeliverable && m.About == MailSubject.Of(recipient.Id))
        || await change.Db.EmailMessages.AnyAsync(
            m => m.RequestId == recipient.RequestId && m.Kind == EmailKind.Undeliverable && m.About == MailSubject.Of(recipient.Id),
            cancellationToken);

    private static AuditKind? KindOf(DeliveryState state) => state switch
    {
        DeliveryState.Deferred => AuditKind.EmailDeferred,
        DeliveryState.Delivered => AuditKind.EmailDelivered,
        DeliveryState.Dropped => AuditKind.EmailDropped,
        DeliveryState.Bounced => AuditKind.EmailBounced,
        DeliveryState.Spam => AuditKind.EmailMarkedSpam,
        _ => null, // that the service took it is known
    };

    private int Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    [LoggerMessage(EventId = 4112, Level = LogLevel.Information, Message = "{Events} events told what became of mails of request {Request}")]
    private partial void LogTold(int events, RequestId request);

    [LoggerMessage(EventId = 4151, Level = LogLevel.Information, Message = "{Events} events concern no mail of this portal")]
    private partial void LogUnmatched(int events);

    private sealed record Match(DeliveryReport Report, EmailMessage Mail);
}
