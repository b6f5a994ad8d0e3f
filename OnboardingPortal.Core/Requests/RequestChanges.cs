using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// The one way a request changes: load, change, note, save by compare-and-set on its version, announce after the commit. Of two changes at
/// the same instant one is done again on what the other left, so that exactly one participant can complete a request.
/// </summary>
public sealed class RequestChanges(PortalDbContextFactory contexts, RequestFeed feed, OutboxSignal outbox, TimeProvider clock)
{
    private const int MaxTries = 10;

    /// <summary>Applies what an agency user does, to a request that they see.</summary>
    internal Task<Result<T>> ApplyAsync<T>(
        AgencyCaller caller, RequestId id, Func<RequestChange, Result<T>> change, CancellationToken cancellationToken) =>
        ApplyAsync(caller, id, (scope, _) => Task.FromResult(change(scope)), cancellationToken);

    /// <summary>Applies what an agency user does, with a change that reads more than the request.</summary>
    internal Task<Result<T>> ApplyAsync<T>(
        AgencyCaller caller, RequestId id, Func<RequestChange, CancellationToken, Task<Result<T>>> change,
        CancellationToken cancellationToken) =>
        ApplyAsync(caller.Scope, id, caller.Actor, change, cancellationToken);

    /// <summary>Applies what the portal or a client does.</summary>
    internal Task<Result<T>> ApplyAsync<T>(
        AgencyId agency, RequestId id, Actor actor, Func<RequestChange, Result<T>> change, CancellationToken cancellationToken) =>
        ApplyAsync(agency, id, actor, (scope, _) => Task.FromResult(change(scope)), cancellationToken);

    /// <summary>Applies what the portal or a client does, with a change that reads more than the request.</summary>
    internal Task<Result<T>> ApplyAsync<T>(
        AgencyId agency, RequestId id, Actor actor, Func<RequestChange, CancellationToken, Task<Result<T>>> change,
        CancellationToken cancellationToken) =>
        ApplyAsync(new RequestScope(agency, null), id, actor, change, cancellationToken);

    /// <summary>Applies a change; a refusal saves nothing. The change may run more than once, each time on a fresh request.</summary>
    private async Task<Result<T>> ApplyAsync<T>(
        RequestScope visible, RequestId id, Actor actor, Func<RequestChange, CancellationToken, Task<Result<T>>> change,
        CancellationToken cancellationToken)
    {
        var agency = visible.Agency;
        for (var attempt = 1; ; attempt++)
        {
            await using var db = contexts.Create(agency);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var request = await db.RequestsIn(visible)
                .Include(r => r.Recipients).Include(r => r.Participants).Include(r => r.Connections).ThenInclude(c => c.Assets)
                .AsSplitQuery().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
            if (request is null) return new RequestNotFound();

            var scope = new RequestChange(db, request, actor, clock);
            var result = await change(scope, cancellationToken);
            if (!result.Succeeded) return result;
            request.Summarize();
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                await db.AnnounceAsync(agency, id, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxTries && WriteConflict.Is(exception))
            {
                continue; // look at what they left
            }

            feed.Publish(agency, id);
            if (scope.HasMail) outbox.Wake();
            return result;
        }
    }
}

/// <summary>A request while it is changed.</summary>
internal sealed class RequestChange(PortalDbContext db, OnboardingRequest request, Actor actor, TimeProvider clock)
{
    public OnboardingRequest Request => request;

    public Actor Actor => actor;

    public TimeProvider Clock => clock;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public bool HasMail { get; private set; }

    public PortalDbContext Db => db;

    /// <summary>Notes what happened, on the timeline and in the audit trail.</summary>
    public void Record(AuditKind kind, PlatformKey? platform = null, string? detail = null, Actor? by = null) =>
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), request.AgencyId, Now, kind, by ?? actor, request.Id, platform, detail));

    /// <summary>Puts a mail about the request into the outbox, in the same transaction.</summary>
    public void Mail(EmailKind kind, string to, string? language)
    {
        if (kind == EmailKind.Request) ForgetDelivery(to);
        Queue(NewMail.OfRequest(kind, request.Id, to, language));
    }

    /// <summary>Reminds a recipient: the request's mail once more, with the day after sending that it is for.</summary>
    public void Remind(string to, int day)
    {
        ForgetDelivery(to);
        Queue(NewMail.OfRequest(EmailKind.Request, request.Id, to, request.Language) with { ReminderDay = day });
    }

    /// <summary>Puts a mail about something of the request into the outbox.</summary>
    public void MailAbout(EmailKind kind, MailSubject about, Addressee to) =>
        Queue(new NewMail(kind, about, to.Email, to.Language) { Request = request.Id });

    /// <summary>Puts a mail about an account of the request into the outbox; it is sent also when the request is gone by then.</summary>
    public void MailLost(ConnectionId account, Addressee to) =>
        Queue(new NewMail(EmailKind.AccessLost, MailSubject.Of(account), to.Email, to.Language));

    private void Queue(NewMail mail)
    {
        db.EmailMessages.Add(new EmailMessage(EmailMessageId.New(clock), request.AgencyId, mail, Now));
        HasMail = true;
    }

    /// <summary>What became of the mail before says nothing of the one that leaves now.</summary>
    private void ForgetDelivery(string to)
    {
        foreach (var recipient in request.Recipients.Where(r => r.IsAt(to))) recipient.Tell(null);
    }
}
