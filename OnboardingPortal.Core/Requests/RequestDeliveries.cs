using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What becomes of a request's mails shows at their recipients and on the timeline; a recipient who was not reached is told to the
/// requester, once. It is a change of the request like any other, so that watchers see it.
/// </summary>
internal sealed partial class RequestDeliveries(
    PortalDbContextFactory contexts, RequestChanges changes, ILogger<RequestDeliveries> logger) : IMailFollower
{
    public async Task<int> ApplyAsync(
        AgencyId agency, RequestId request, IReadOnlyList<ToldMail> told, CancellationToken cancellationToken)
    {
        var requester = told.Any(m => m.Report.State.IsTrouble)
            ? await contexts.FindRequesterAsync(agency, request, cancellationToken)
            : null;
        var result = await changes.ApplyAsync<int>(agency, request, Actor.System, async (change, token) =>
        {
            var fresh = await DeliveryService.TakeNewAsync(
                change.Db, told, change.Now, change.Db.EmailMessages.Where(m => m.RequestId == request), token);
            foreach (var (report, mail) in fresh)
            {
                var at = DeliveryService.Earlier(report.At, change.Now);
                if (mail.Tell(report.State, at, report.Text)) await ShowAsync(change, mail, requester, token);
                else (await NewestAsync(change, mail, token))?.Tell(mail);
            }

            return fresh.Count == 0 ? new RequestNotFound() : fresh.Count; // told before: nothing is to be saved
        }, cancellationToken);
        if (result.Succeeded) LogTold(result.Value, request);
        return result.Succeeded ? result.Value : 0;
    }

    public async Task<bool> RefuseAsync(
        EmailMessage mail, int attempt, RequestId request, string said, CancellationToken cancellationToken)
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
        return shown.Succeeded;
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
            && !await IsToldOfAsync(change.Db, request.Id, MailSubject.Of(recipient.Id), cancellationToken))
        {
            change.MailAbout(EmailKind.Undeliverable, MailSubject.Of(recipient.Id), requester);
        }

        if (request.Status != RequestStatus.Pending) return;
        if (state is DeliveryState.Bounced or DeliveryState.Dropped) request.RecordActivity(RequestActivity.Bounced, change.Now);
        else if (state == DeliveryState.Delivered && request.Activity is RequestActivity.Sent or RequestActivity.Delivered)
            request.RecordActivity(RequestActivity.Delivered, change.Now);
    }

    /// <summary>The mail's recipient, when no newer mail went to them.</summary>
    private static async Task<Recipient?> NewestAsync(RequestChange change, EmailMessage mail, CancellationToken cancellationToken)
    {
        var newest = await change.Db.EmailMessages.Where(
            m => m.RequestId == mail.RequestId && m.Kind == EmailKind.Request && m.To == mail.To)
            .OrderByDescending(m => m.Id).Select(m => m.Id).FirstAsync(cancellationToken);
        return newest == mail.Id ? change.Request.Recipients.FirstOrDefault(r => r.IsAt(mail.To)) : null;
    }

    private static async Task<bool> IsToldOfAsync(
        PortalDbContext db, RequestId request, MailSubject recipient, CancellationToken cancellationToken) =>
        db.EmailMessages.Local.Any(m => m.Kind == EmailKind.Undeliverable && m.About == recipient)
        || await db.EmailMessages.AnyAsync(
            m => m.RequestId == request && m.Kind == EmailKind.Undeliverable && m.About == recipient, cancellationToken);

    private static AuditKind? KindOf(DeliveryState state) => state switch
    {
        DeliveryState.Deferred => AuditKind.EmailDeferred,
        DeliveryState.Delivered => AuditKind.EmailDelivered,
        DeliveryState.Dropped => AuditKind.EmailDropped,
        DeliveryState.Bounced => AuditKind.EmailBounced,
        DeliveryState.Spam => AuditKind.EmailMarkedSpam,
        _ => null, // that the service took it is known
    };

    [LoggerMessage(EventId = 4112, Level = LogLevel.Information, Message = "{Events} events told what "
        + "became of mails of request {Request}")]
    private partial void LogTold(int events, RequestId request);
}
