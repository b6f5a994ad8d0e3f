using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Keeps what became of mails after a transport took them, or refused them for good. An event counts once, in whatever order events come;
/// what concerns a request's mail to a recipient goes to whoever follows it.
/// </summary>
public sealed partial class DeliveryService(
    PortalDbContextFactory contexts, IMailFollower follower, IOptions<RetentionOptions> kept, TimeProvider clock,
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
            List<ToldMail> matches = [.. ofOne.OrderBy(m => m.Report.At).ThenBy(m => m.Report.State)];
            told += ofOne.Key is { RequestId: { } request, IsToClient: true }
                ? await follower.ApplyAsync(ofOne.Key.AgencyId, request, matches, cancellationToken)
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
        if (mail is { Kind: EmailKind.Request, RequestId: { } request }
            && await follower.RefuseAsync(mail, attempt, request, said, cancellationToken)) return true;

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
    private async Task<List<ToldMail>> MatchAsync(IReadOnlyList<DeliveryReport> reports, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var known = db.EmailMessages.IgnoreQueryFilters().AsNoTracking();
        var matches = new List<ToldMail>();
        foreach (var some in reports.Where(r => r.Mail is not null).Chunk(500))
        {
            var ids = some.Select(r => r.Mail!.Value).Distinct().ToList();
            var mails = await known.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
            matches.AddRange(
                from report in some where mails.ContainsKey(report.Mail!.Value) select new ToldMail(report, mails[report.Mail!.Value]));
        }

        // Ids rise with time, so the primary key leaves out all that is older.
        var oldest = EmailMessageId.From(TimeOrderedId.First(clock.GetUtcNow() - LongestWay));
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
                select new ToldMail(report, mail));
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

    /// <summary>Events of other mails: kept with the mail.</summary>
    private async Task<int> ApplyAsync(AgencyId agency, List<ToldMail> matches, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var now = clock.GetUtcNow();
        var fresh = await TakeNewAsync(db, matches, now, db.EmailMessages, cancellationToken);
        foreach (var (report, mail) in fresh) mail.Tell(report.State, Earlier(report.At, now), report.Text);
        await db.SaveChangesAsync(cancellationToken);
        return fresh.Count;
    }

    /// <summary>Notes the events that were not told before, and reads their mails as they are now.</summary>
    internal static async Task<List<ToldMail>> TakeNewAsync(
        PortalDbContext db, IReadOnlyList<ToldMail> matches, DateTimeOffset now, IQueryable<EmailMessage> mails,
        CancellationToken cancellationToken)
    {
        var events = matches.Select(m => m.Report.Id).ToList();
        var ids = matches.Select(m => m.Mail.Id).Distinct().ToList();
        var known = await db.DeliveryEvents.IgnoreQueryFilters().Where(e => events.Contains(e.Id)).Select(e => e.Id)
            .ToHashSetAsync(cancellationToken);
        var fresh = matches.Where(m => known.Add(m.Report.Id)).ToList();
        if (fresh.Count == 0) return [];
        var present = await mails.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
        foreach (var (report, mail) in fresh)
            db.DeliveryEvents.Add(new DeliveryEvent(report.Id, mail.AgencyId, mail.Id, report.State, report.At, now));
        return fresh.ConvertAll(m => m with { Mail = present[m.Mail.Id] });
    }

    private int Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;

    /// <summary>When it happened, by a clock that may be ahead of ours.</summary>
    internal static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    [LoggerMessage(EventId = 4151, Level = LogLevel.Information, Message = "{Events} events concern no mail of this portal")]
    private partial void LogUnmatched(int events);
}
