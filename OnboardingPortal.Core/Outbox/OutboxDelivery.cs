using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Sends queued mails: claimed in batches under a lease, so that any number of nodes may deliver; sent some at a time; acknowledged in
/// batches while the next ones leave. A node that dies loses nothing, its lease runs out: what it had sent and not yet acknowledged is sent
/// once more, with the same Message-ID. What somebody waits for leaves beside the rest, and of the rest each agency has its turn.
/// </summary>
public sealed partial class OutboxDelivery
{
    private const int Batch = 100;
    private const int SentAtOnce = 8;
    private const int AwaitedSentAtOnce = 4;

    /// <summary>No attempt begins that could outlast its lease: another node would send the mail a second time.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(45);

    private readonly OutboxLedger _ledger;
    private readonly IMailComposer _composer;
    private readonly IEmailTransport _transport;
    private readonly IOptions<EmailOptions> _options;
    private readonly OutboxMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutboxDelivery> _logger;
    private readonly Acknowledgements<EmailOutcome> _acknowledgements;
    private volatile Pause _pause = new(DateTimeOffset.MinValue, ""); // the mail service asked this node to wait

    /// <summary>Makes the outbox of this node.</summary>
    public OutboxDelivery(
        OutboxLedger ledger, IMailComposer composer, IEmailTransport transport, IOptions<EmailOptions> options, OutboxMetrics metrics,
        TimeProvider clock, ILogger<OutboxDelivery> logger)
    {
        _ledger = ledger;
        _composer = composer;
        _transport = transport;
        _options = options;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        _acknowledgements = new(
            outcomes => ledger.AcknowledgeAsync(outcomes, CancellationToken.None),
            unwritten => ledger.EndAsync(unwritten.Outcome, CancellationToken.None), clock, logger);
    }

    private bool MaySend => !_acknowledgements.IsBehind && _clock.GetUtcNow() >= _pause.Until;

    /// <summary>One round: sends what is due. While it lasts, it keeps looking for mails that somebody waits for.</summary>
    /// <returns>How many mails were taken by the transport.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var others = new Crew<int>(_clock);
            others.Add(SendAllAsync(isAwaited: false, Batch, SentAtOnce, cancellationToken));
            var sent = await SendAllAsync(isAwaited: true, AwaitedSentAtOnce, AwaitedSentAtOnce, cancellationToken);
            while (others.Count > 0)
            {
                foreach (var ended in await others.WaitAsync(cancellationToken)) sent += await ended;
                sent += await SendAllAsync(isAwaited: true, AwaitedSentAtOnce, AwaitedSentAtOnce, cancellationToken);
            }

            return sent;
        }
        finally
        {
            await _transport.RestAsync();
        }
    }

    private async Task<int> SendAllAsync(bool isAwaited, int batch, int atOnce, CancellationToken cancellationToken)
    {
        var sent = 0;
        while (MaySend)
        {
            var (claimed, hasMore) = await _ledger.ClaimAsync(isAwaited, batch, cancellationToken);
            if (claimed.Count > 0) sent += await SendAsync(claimed, atOnce, cancellationToken);
            if (!hasMore) break;
        }

        return sent;
    }

    private async Task<int> SendAsync(IReadOnlyList<EmailMessage> claimed, int atOnce, CancellationToken cancellationToken)
    {
        var batch = _composer.BeginBatch(claimed, cancellationToken);
        var ended = await _acknowledgements.DoAllAsync(
            claimed, atOnce, async (mail, stopping) => _metrics.Note(await TryAsync(mail, batch, stopping)),
            mail => EmailOutcome.Untried(mail, _clock.GetUtcNow()), cancellationToken);
        return ended.Count(o => o.State == EmailState.Sent);
    }

    private async Task<EmailOutcome> TryAsync(EmailMessage mail, IMailBatch batch, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var asked = _pause;
        if (now < asked.Until) return EmailOutcome.Later(mail, asked.Until, asked.Words);
        if (mail.NextAttemptAt - now < LongestAttempt || !MaySend) return EmailOutcome.Untried(mail, now);
        try
        {
            var email = await batch.ComposeAsync(mail, cancellationToken);
            if (email is null) return EmailOutcome.Over(mail);
            var receipt = await _transport.SendAsync(email.Address(mail, _options.Value.FromAddress), cancellationToken);
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
            var pause = new Pause(_clock.GetUtcNow() + busy.Pause, busy.Message);
            _pause = pause;
            return EmailOutcome.Later(mail, pause.Until, pause.Words);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            if (!DatabaseTrouble.IsLogged(exception)) LogFailed(exception, mail.Id, mail.Attempts);
            return EmailOutcome.Untried(mail, _clock.GetUtcNow() + DatabaseTrouble.Wait); // it could not be put into words
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, mail.Id, mail.Attempts);
            return EmailOutcome.Failed(mail, exception.Message, SendingTrouble.Is(exception), _clock.GetUtcNow());
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

    /// <summary>Until when the mail service wants to be left alone, UTC, and what it said.</summary>
    private sealed record Pause(DateTimeOffset Until, string Words);
}
