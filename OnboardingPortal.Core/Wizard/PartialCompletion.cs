using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Wizard;

/// <summary>
/// Lets a participant leave the rest to colleagues: the request stays open, and its link goes on working for everybody who has it.
/// </summary>
public sealed class PartialCompletion(RequestChanges changes, RequestNotices notices)
{
    /// <summary>The most mails to one address about one request's finished parts in an hour.</summary>
    public const int MaxMailsAnHour = 3;

    /// <summary>
    /// Notes that the participant did their part, and mails whom the settings name for completions. Pressing again mails nobody while
    /// nothing has changed at the request since.
    /// </summary>
    /// <returns>Null, <see cref="NothingLeftOpen"/>, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> FinishPartAsync(ClientCaller caller, CancellationToken cancellationToken)
    {
        var mailed = await notices.FindAsync(caller.Agency, a => a.MailedOnCompletion, caller.Request, cancellationToken);
        var result = await changes.ApplyAsync<bool>(caller, async (change, participant, token) =>
        {
            if (participant.DoneAt is not null) return true;
            if (change.Request.ListOutcomes().All(o => o.Standing != PlatformStanding.Open)) return new NothingLeftOpen();
            participant.DoneAt = change.Now;
            change.Request.RecordActivity(RequestActivity.PartDone, change.Now);
            var isNews = await IsNewsAsync(change, participant, token);
            change.Record(AuditKind.PartDone);
            if (!isNews) return true;
            foreach (var to in mailed)
            {
                if (!await HadEnoughAsync(change, to, token)) change.MailAbout(EmailKind.PartDone, MailSubject.Of(participant.Id), to);
            }

            return true;
        }, cancellationToken);
        return result.Error;
    }

    /// <summary>Lets the participant go on after all.</summary>
    /// <returns>Null, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> GoOnAsync(ClientCaller caller, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(caller, (change, participant) =>
        {
            if (participant.DoneAt is null) return true;
            participant.DoneAt = null;
            change.Request.RecordActivity(RequestActivity.Viewed, change.Now);
            change.Record(AuditKind.PartResumed);
            return true;
        }, cancellationToken)).Error;

    /// <summary>Whether something was granted, declined or taken back since this participant last said that they are done.</summary>
    private static async Task<bool> IsNewsAsync(RequestChange change, Participant participant, CancellationToken cancellationToken)
    {
        var request = change.Request.Id;
        var who = participant.Id.Value;
        var last = await change.Db.AuditEvents.Where(e => e.RequestId == request && e.Kind == AuditKind.PartDone && e.ActorId == who)
            .OrderByDescending(e => e.Id).Select(e => (AuditEventId?)e.Id).FirstOrDefaultAsync(cancellationToken);
        return last is not { } before || await change.Db.AuditEvents.AnyAsync(e => e.RequestId == request && e.Id > before
            && ((e.Topic == AuditTopic.Connections && e.Kind != AuditKind.SignInFailed) || e.Kind == AuditKind.PlatformDeclined
                || e.Kind == AuditKind.PlatformReclaimed), cancellationToken);
    }

    private static async Task<bool> HadEnoughAsync(RequestChange change, Addressee to, CancellationToken cancellationToken)
    {
        var request = change.Request.Id;
        var since = change.Now - TimeSpan.FromHours(1);
        return await change.Db.EmailMessages.CountAsync(
            m => m.RequestId == request && m.Kind == EmailKind.PartDone && m.To == to.Email && m.QueuedAt > since,
            cancellationToken) >= MaxMailsAnHour;
    }
}
