using Microsoft.EntityFrameworkCore;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Why an agency's mails wait, as one trouble, however many they are.</summary>
/// <param name="Words">What the mail server, or whatever is in between, last said; hostile text.</param>
/// <param name="Since">When the longest waiting of them was written, UTC.</param>
/// <param name="Mails">How many wait, at most <see cref="MaxCounted"/>.</param>
public sealed record SendingTrouble(string Words, DateTimeOffset Since, int Mails)
{
    /// <summary>Beyond it the number says only that there are many.</summary>
    public const int MaxCounted = 1000;

    /// <summary>
    /// Whether a mail failed of something between the portal and the mail server, which the operator mends: the connection, the sign-in, a
    /// limit, the server's no to the sender.
    /// </summary>
    internal static bool Is(Exception exception) =>
        exception is EmailBusyException or HttpRequestException or IOException { InnerException: not null };

    /// <summary>The trouble of some mails, in the words of its newest failure; null when there is none.</summary>
    internal static async Task<SendingTrouble?> FindAsync(IQueryable<EmailMessage> seen, CancellationToken cancellationToken)
    {
        var waiting = seen.AsNoTracking().Where(m => m.State == EmailState.Queued && m.IsTroubleOfSending);
        var mails = await waiting.OrderByDescending(m => m.Id).Take(MaxCounted)
            .Select(m => new { m.LastError, m.QueuedAt, m.NextAttemptAt }).ToListAsync(cancellationToken);
        return mails.Count == 0
            ? null
            : new SendingTrouble(mails.MaxBy(m => m.NextAttemptAt)!.LastError ?? "", mails.Min(m => m.QueuedAt), mails.Count);
    }
}

/// <summary>Marks a failure as the mail server's no to the sender, our network or our sign-in.</summary>
internal sealed class SenderRefusedException(string message) : Exception(message);
