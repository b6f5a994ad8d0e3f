using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// Sends queued mails: claimed in batches under a lease, so that any number of nodes may deliver; sent some at a time; acknowledged in
/// batches while the next ones leave. A node that dies loses nothing, its lease runs out: what it had sent and not yet acknowledged is sent
/// once more, with the same Message-ID. What somebody waits for leaves beside the rest, and of the rest each agency has its turn.
/// </summary>
public sealed partial class Outbox(
    OutboxLedger ledger, EmailComposer composer, IEmailTransport transport, IOptions<EmailOptions> options, TimeProvider clock, ILogger<Outbox> logger)
{
    private const int Batch = 100;
    private const int SentAtOnce = 8;
    private const int AwaitedSentAtOnce = 4;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>No attempt begins that could outlast its lease: another node would send the mail a second time.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(45);

    private long _pausedUntil; // UTC ticks: the mail service asked this node to wait

    private DateTimeOffset PausedUntil => new(Interlocked.Read(ref _pausedUntil), TimeSpan.Zero);

    /// <summary>One round: sends what is due. While it lasts, it keeps looking for mails that somebody waits for.</summary>
    /// <returns>How many mails were taken by the transport.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var others = SendAllAsync(isAwaited: false, Batch, SentAtOnce, cancellationToken);
        try
        {
            var sent = await SendAllAsync(isAwaited: true, AwaitedSentAtOnce, AwaitedSentAtOnce, cancellationToken);
            while (!others.IsCompleted)
            {
                using var lookAgain = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(others, Task.Delay(LookEvery, clock, lookAgain.Token));
                await lookAgain.CancelAsync();
                sent += await SendAllAsync(isAwaited: true, AwaitedSentAtOnce, AwaitedSentAtOnce, cancellationToken);
            }

            return sent + await others;
        }
        finally
        {
            Task rest = others;
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first exception is on its way already
            await transport.RestAsync();
        }
    }

    private async Task<int> SendAllAsync(bool isAwaited, int batch, int atOnce, CancellationToken cancellationToken)
    {
        var sent = 0;
        while (clock.GetUtcNow() >= PausedUntil)
        {
            var (claimed, hasMore) = await ledger.ClaimAsync(isAwaited, batch, cancellationToken);
            if (claimed.Count > 0) sent += await SendAsync(claimed, atOnce, cancellationToken);
            if (!hasMore) break;
        }

        return sent;
    }

    private async Task<int> SendAsync(IReadOnlyList<EmailMessage> claimed, int atOnce, CancellationToken cancellationToken)
    {
        var outcomes = Channel.CreateUnbounded<EmailOutcome>(new UnboundedChannelOptions { SingleReader = true });
        var acknowledging = AcknowledgeAsync(outcomes.Reader);
        var letterheads = composer.BeginBatch(claimed, cancellationToken);
        try
        {
            await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (mail, stopping) =>
            {
                if (await TryAsync(mail, letterheads, stopping) is { } outcome) outcomes.Writer.TryWrite(outcome);
            });
        }
        finally
        {
            outcomes.Writer.Complete();
            await acknowledging; // also when the node is stopping: what was taken must not leave again
        }

        return await acknowledging;
    }

    /// <summary>Writes down whatever has ended since the last time, in one go.</summary>
    private async Task<int> AcknowledgeAsync(ChannelReader<EmailOutcome> outcomes)
    {
        var sent = 0;
        while (await outcomes.WaitToReadAsync())
        {
            var ended = new List<EmailOutcome>();
            while (outcomes.TryRead(out var outcome)) ended.Add(outcome);
            await ledger.AcknowledgeAsync(ended, CancellationToken.None);
            sent += ended.Count(o => o.State == EmailState.Sent);
        }

        return sent;
    }

    private async Task<EmailOutcome?> TryAsync(EmailMessage mail, Letterheads letterheads, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (mail.NextAttemptAt - now < LongestAttempt) return null; // its lease ends and it is tried again
        if (now < PausedUntil) return EmailOutcome.Later(mail, PausedUntil, null);
        try
        {
            var email = await composer.ComposeAsync(mail, letterheads, cancellationToken);
            if (email.Content is null) return EmailOutcome.Over(mail);
            var receipt = await transport.SendAsync(email.Address(mail, options.Value.FromAddress), cancellationToken);
            LogSent(mail.Id, mail.Kind);
            return EmailOutcome.Taken(mail, receipt);
        }
        catch (EmailRefusedException refusal)
        {
            LogRefused(mail.Id, refusal.Message);
            return EmailOutcome.Refused(mail, refusal.Message);
        }
        catch (EmailBusyException busy)
        {
            LogPaused(busy.Pause, busy.Message);
            var until = clock.GetUtcNow() + busy.Pause;
            Interlocked.Exchange(ref _pausedUntil, until.UtcTicks);
            return EmailOutcome.Later(mail, until, busy.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!DatabaseTrouble.IsLogged(exception)) LogFailed(exception, mail.Id, mail.Attempts);
            return EmailOutcome.Failed(mail, exception.Message);
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "Mail {Mail} ({Kind}) sent")]
    private partial void LogSent(EmailMessageId mail, EmailKind kind);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "Mail {Mail} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception exception, EmailMessageId mail, int attempt);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "Mail {Mail} was refused for good: {Answer}")]
    private partial void LogRefused(EmailMessageId mail, string answer);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning, Message = "The mail service asks to wait {Pause}: {Answer}")]
    private partial void LogPaused(TimeSpan pause, string answer);
}
