using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// Sends queued mails: each is claimed under a lease, so that any number of nodes may deliver; a node that dies loses nothing, its lease runs out.
/// An acknowledgement of an older attempt is refused.
/// </summary>
public sealed partial class Outbox(
    PortalDbContextFactory contexts, IEmailTransport transport, EmailRenderer renderer, RequestEmails requestEmails, AccountEmails accountEmails, PlatformCatalog platforms,
    PortalAddress address, RequestFeed feed, IOptions<EmailOptions> options, TimeProvider clock, ILogger<Outbox> logger)
{
    private const int Batch = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(6);

    /// <summary>One round: sends what is due.</summary>
    /// <returns>How many mails were taken by the transport.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        while (true)
        {
            var now = clock.GetUtcNow();
            await using var db = contexts.CreateForSystem();
            var due = await db.EmailMessages.IgnoreQueryFilters().AsNoTracking().Where(m => m.State == EmailState.Queued && m.NextAttemptAt <= now)
                .OrderBy(m => m.NextAttemptAt).Take(Batch).ToListAsync(cancellationToken);
            foreach (var mail in due)
            {
                if (await ClaimAsync(mail, cancellationToken) && await SendAsync(mail, mail.Attempts + 1, cancellationToken)) sent++;
            }

            if (due.Count < Batch) return sent;
        }
    }

    private async Task<bool> ClaimAsync(EmailMessage mail, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Lease;
        await using var db = contexts.CreateForSystem();
        return await db.EmailMessages.IgnoreQueryFilters()
            .Where(m => m.Id == mail.Id && m.State == EmailState.Queued && m.Attempts == mail.Attempts)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.NextAttemptAt, until), cancellationToken) == 1;
    }

    private async Task<bool> SendAsync(EmailMessage mail, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            var (fromName, replyTo, content) = await RenderAsync(mail, cancellationToken);
            if (content is null)
            {
                await AcknowledgeAsync(mail, attempt, EmailState.Dead, "What it was about is over.", cancellationToken);
                return false;
            }

            var domain = options.Value.FromAddress[(options.Value.FromAddress.IndexOf('@', StringComparison.Ordinal) + 1)..];
            await transport.SendAsync(
                new OutgoingEmail(mail.Id, $"{mail.Id}@{domain}", EmailLayout.OneLine(fromName), options.Value.FromAddress, mail.To, content, replyTo), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, mail.Id, attempt);
            await AcknowledgeAsync(mail, attempt, attempt >= EmailMessage.MostAttempts ? EmailState.Dead : EmailState.Queued, exception.Message, cancellationToken);
            return false;
        }

        await AcknowledgeAsync(mail, attempt, EmailState.Sent, null, cancellationToken);
        LogSent(mail.Id, mail.Kind);
        return true;
    }

    private async Task AcknowledgeAsync(EmailMessage mail, int attempt, EmailState state, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var next = state == EmailState.Queued ? now + Backoff(attempt) : now;
        DateTimeOffset? sentAt = state == EmailState.Sent ? now : null;
        var kept = error is null ? null : ForeignText.Fit(error, EmailMessage.ErrorMaxLength);
        await using var db = contexts.Create(mail.AgencyId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = await db.EmailMessages.Where(m => m.Id == mail.Id && m.State == EmailState.Queued && m.Attempts == attempt).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, state).SetProperty(m => m.NextAttemptAt, next).SetProperty(m => m.SentAt, sentAt).SetProperty(m => m.LastError, kept),
            cancellationToken);
        if (mine == 0) return; // the lease ran out and somebody else took over
        if (state != EmailState.Queued && mail.Kind == EmailKind.Request)
        {
            var kind = state == EmailState.Sent ? AuditKind.EmailSent : AuditKind.EmailFailed;
            db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), mail.AgencyId, now, kind, Actor.System, mail.RequestId, null, mail.To));
            await db.SaveChangesAsync(cancellationToken);
        }

        if (mail.RequestId is { } about) await db.AnnounceAsync(mail.AgencyId, about, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (mail.RequestId is { } request) feed.Publish(mail.AgencyId, request);
    }

    private async Task<RenderedEmail> RenderAsync(EmailMessage mail, CancellationToken cancellationToken)
    {
        if (mail.Kind is EmailKind.Request or EmailKind.Test) return await requestEmails.RenderAsync(mail, cancellationToken);
        if (mail.Kind is EmailKind.Invitation or EmailKind.PasswordReset) return await accountEmails.RenderAsync(mail, cancellationToken);
        await using var db = contexts.Create(mail.AgencyId);
        var agency = await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == mail.AgencyId, cancellationToken);
        if (mail.Kind == EmailKind.AccessLost)
        {
            var lost = await AccessLostMail.FindAsync(db, mail, agency, platforms, address, cancellationToken);
            return new RenderedEmail(agency.Name, null, lost is null ? null : renderer.Render(mail.Language ?? agency.Language, lost));
        }

        var request = await db.Requests.AsNoTracking().Include(r => r.Connections).ThenInclude(c => c.Assets).AsSplitQuery()
            .SingleOrDefaultAsync(r => r.Id == mail.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
        if (request is null) return new RenderedEmail(agency.Name, null, null);
        var granted = request.Connections.Where(c => c.State != ConnectionState.Removed)
            .SelectMany(c => c.UsableNames.Select(name => $"{platforms.NameOf(c.Platform)}: {name}")).ToList();
        var facts = new EmailFacts(agency.Name, request, granted, new Uri(address.Public, $"collaboration/requests/{request.Id}"));
        return new RenderedEmail(agency.Name, null, renderer.Render(mail.Kind, mail.Language ?? agency.Language, facts));
    }

    private static TimeSpan Backoff(int attempt)
    {
        var full = Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, attempt - 1), LongestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.75 + (RandomNumberGenerator.GetInt32(500) / 1000.0)));
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "Mail {Mail} ({Kind}) sent")]
    private partial void LogSent(EmailMessageId mail, EmailKind kind);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "Mail {Mail} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception exception, EmailMessageId mail, int attempt);
}
