using System.Collections.Concurrent;
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
    OutboxLedger ledger, EmailComposer composer, IEmailTransport transport, IOptions<EmailOptions> options, OutboxMetrics metrics,
    TimeProvider clock, ILogger<Outbox> logger)
{
    private const int Batch = 100;
    private const int SentAtOnce = 8;
    private const int AwaitedSentAtOnce = 4;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>No attempt begins that could outlast its lease: another node would send the mail a second time.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(45);

    private const int MostWaits = 8; // about two minutes: then the claims are over
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private volatile Pause _pause = new(DateTimeOffset.MinValue, ""); // the mail service asked this node to wait
    private int _unwritten; // lanes whose outcomes cannot be written down now: nothing more is sent meanwhile

    private bool MaySend => Volatile.Read(ref _unwritten) == 0 && clock.GetUtcNow() >= _pause.Until;

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
        while (MaySend)
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
        var acknowledging = AcknowledgeAsync(outcomes.Reader, cancellationToken);
        var begun = new ConcurrentDictionary<EmailMessageId, bool>();
        var letterheads = composer.BeginBatch(claimed, cancellationToken);
        try
        {
            await Parallel.ForEachAsync(claimed, new ParallelOptions
            {
                MaxDegreeOfParallelism = atOnce,
                CancellationToken = cancellationToken
            }, async (mail, stopping) =>
            {
                begun[mail.Id] = true;
                outcomes.Writer.TryWrite(metrics.Note(await TryAsync(mail, letterheads, stopping)));
            });
        }
        finally
        {
            foreach (var mail in claimed.Where(m => !begun.ContainsKey(m.Id)))
                outcomes.Writer.TryWrite(EmailOutcome.Untried(mail, clock.GetUtcNow()));
            outcomes.Writer.Complete();
            await acknowledging; // also when the node is stopping: what was taken must not leave again
        }

        return await acknowledging;
    }

    /// <summary>Writes down whatever has ended since the last time, in one go.</summary>
    private async Task<int> AcknowledgeAsync(ChannelReader<EmailOutcome> outcomes, CancellationToken stopping)
    {
        var sent = 0;
        while (await outcomes.WaitToReadAsync(CancellationToken.None))
        {
            var ended = new List<EmailOutcome>();
            while (outcomes.TryRead(out var outcome)) ended.Add(outcome);
            await WriteDownAsync(ended, stopping);
            sent += ended.Count(o => o.State == EmailState.Sent);
        }

        return sent;
    }

    /// <summary>
    /// Writes outcomes down, however often it takes: what is not written is sent again. Until then nothing more is sent. A node that is
    /// told to stop tries once more.
    /// </summary>
    private async Task WriteDownAsync(IReadOnlyList<EmailOutcome> ended, CancellationToken stopping)
    {
        var left = await ledger.AcknowledgeAsync(ended, CancellationToken.None);
        if (left.Count == 0) return;
        Interlocked.Increment(ref _unwritten);
        try
        {
            var wait = TimeSpan.Zero;
            for (var waits = 0; left.Count > 0; waits++)
            {
                var failure = left[0].Failure;
                if (!DatabaseTrouble.IsLogged(failure)) LogNotWritten(failure, left.Count);
                if (stopping.IsCancellationRequested && waits > 0)
                    throw new IOException("What became of mails could not be written down before the portal stopped.", failure);
                if (waits >= MostWaits && !DatabaseTrouble.Is(failure)) // no outage, and no other agency shall wait for it
                {
                    foreach (var (outcome, _) in left) await ledger.EndAsync(outcome, CancellationToken.None);
                    return;
                }

                Task pause = Task.Delay(wait, clock, stopping);
                await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // told to stop: at once
                wait = wait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, LongestWait.Ticks));
                left = await ledger.AcknowledgeAsync([.. left.Select(l => l.Outcome)], CancellationToken.None);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _unwritten);
        }
    }

    private async Task<EmailOutcome> TryAsync(EmailMessage mail, Letterheads letterheads, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var asked = _pause;
        if (now < asked.Until) return EmailOutcome.Later(mail, asked.Until, asked.Words);
        if (mail.NextAttemptAt - now < LongestAttempt || !MaySend) return EmailOutcome.Untried(mail, now);
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
            var pause = new Pause(clock.GetUtcNow() + busy.Pause, busy.Message);
            _pause = pause;
            return EmailOutcome.Later(mail, pause.Until, pause.Words);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            if (!DatabaseTrouble.IsLogged(exception)) LogFailed(exception, mail.Id, mail.Attempts);
            return EmailOutcome.Untried(mail, clock.GetUtcNow() + DatabaseTrouble.Wait); // it could not be put into words
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, mail.Id, mail.Attempts);
            return EmailOutcome.Failed(mail, exception.Message, SendingTrouble.Is(exception), clock.GetUtcNow());
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

    [LoggerMessage(EventId = 4105, Level = LogLevel.Error, Message = "What became of {Mails} mails could not be written down; it is tried again, and nothing is sent meanwhile")]
    private partial void LogNotWritten(Exception exception, int mails);

    /// <summary>Until when the mail service wants to be left alone, UTC, and what it said.</summary>
    private sealed record Pause(DateTimeOffset Until, string Words);
}
