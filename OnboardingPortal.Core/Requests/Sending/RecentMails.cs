using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Which mails of a request somebody sent in the last hour, and so which may go out now. Counted for each request by itself: who sends
/// a hundred requests in a few minutes is not held up.
/// </summary>
internal sealed class RecentMails
{
    /// <summary>How soon one recipient may be mailed the same request again.</summary>
    public static readonly TimeSpan SameRecipientAfter = TimeSpan.FromMinutes(1);

    /// <summary>How often one request may be sent within <see cref="Window"/>, to however many recipients each time.</summary>
    public const int MaxSends = 20;

    /// <summary>What <see cref="MaxSends"/> counts in.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _now;
    private readonly List<(string To, DateTimeOffset At)> _mails;

    private RecentMails(DateTimeOffset now, List<(string To, DateTimeOffset At)> mails)
    {
        _now = now;
        _mails = mails;
    }

    /// <summary>
    /// Reads them inside the change, so that two presses at the same instant cannot both be the first. Reminders do not count: nobody
    /// pressed.
    /// </summary>
    public static async Task<RecentMails> ReadAsync(RequestChange change, CancellationToken cancellationToken)
    {
        var id = change.Request.Id;
        var since = change.Now - Window;
        var mails = await change.Db.EmailMessages.Where(
            m => m.RequestId == id && m.Kind == EmailKind.Request && m.ReminderDay == null && m.QueuedAt > since)
            .Select(m => new { m.To, m.QueuedAt }).ToListAsync(cancellationToken);
        return new RecentMails(change.Now, mails.ConvertAll(m => (m.To, m.QueuedAt)));
    }

    /// <summary>The addresses that were not mailed a moment ago; or why none can be mailed now.</summary>
    public Result<IReadOnlyList<string>> Allow(IReadOnlyList<string> addresses)
    {
        var sends = _mails.Select(m => m.At).Distinct().OrderDescending().ToList();
        if (sends.Count >= MaxSends) return new SentTooOften(sends[MaxSends - 1] + Window - _now);
        var waits = addresses.ToDictionary(a => a, WaitOf);
        List<string> allowed = [.. addresses.Where(a => waits[a] <= TimeSpan.Zero)];
        return allowed.Count > 0 ? allowed : new SentJustNow(waits.Values.Min());
    }

    private TimeSpan WaitOf(string address)
    {
        var mailed = _mails.Where(m => EmailAddress.IsSame(m.To, address)).Select(m => (DateTimeOffset?)m.At).Max();
        return mailed is { } at ? at + SameRecipientAfter - _now : TimeSpan.Zero;
    }
}
