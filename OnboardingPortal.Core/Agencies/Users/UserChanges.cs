using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// The one way main users change who works for their agency: such changes of an agency come one after the other, and who makes one must
/// still be a main user when their turn comes, and have shown in their session that it is them (<see cref="FreshProof"/>). Since nobody
/// takes rights away from themselves, a main user who can sign in is always left.
/// </summary>
public sealed class UserChanges(
    PortalDbContextFactory contexts, UserSessions sessions, IEnumerable<IUnfinishedWork> unfinished, OutboxSignal outbox,
    TimeProvider clock)
{
    /// <summary>Applies a change; a refusal saves nothing. Without a fresh proof it is <see cref="ProofNeeded"/>.</summary>
    internal async Task<Result<T>> ApplyAsync<T>(
        AgencyCaller caller, Func<UserChange, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        if (FreshProof.Refuse(caller, clock) is { } unproved) return unproved;
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await HoldAsync(db, caller.Agency, cancellationToken);
        var isStillMainUser = await db.Users.AnyAsync(
            u => u.Id == caller.User.Value && u.AgencyId == caller.Agency && u.Role == AgencyRole.MainUser && u.DisabledAt == null,
            cancellationToken);
        if (!isStillMainUser) return new NotAllowed();

        var scope = new UserChange(db, caller, unfinished, clock);
        var result = await change(scope);
        if (!result.Succeeded) return result;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // it is done: nobody's leaving stops the rest
        foreach (var user in scope.SignedOut) await sessions.EndAllAsync(caller.Agency, user, except: null, CancellationToken.None);
        if (scope.HasMail) outbox.Wake();
        return result;
    }

    /// <summary>Lets one transaction at a time change an agency's users and invitations, until it ends.</summary>
    internal static Task HoldAsync(PortalDbContext db, AgencyId agency, CancellationToken cancellationToken) =>
        db.Agencies.Where(a => a.Id == agency)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.OwnerId, a => a.OwnerId), cancellationToken);
}

/// <summary>The users of an agency while they are changed.</summary>
internal sealed class UserChange(
    PortalDbContext db, AgencyCaller caller, IEnumerable<IUnfinishedWork> unfinished, TimeProvider clock)
{
    public PortalDbContext Db => db;

    public AgencyCaller Caller => caller;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Whose sessions end after the commit.</summary>
    public List<AgencyUserId> SignedOut { get; } = [];

    public bool HasMail { get; private set; }

    public Task<Agency> AgencyAsync(CancellationToken cancellationToken) =>
        db.Agencies.SingleAsync(a => a.Id == caller.Agency, cancellationToken);

    /// <summary>A user of the caller's agency; null when there is none.</summary>
    public Task<AgencyUser?> FindAsync(AgencyUserId user, CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == user.Value && u.AgencyId == caller.Agency, cancellationToken);

    /// <summary>A user from whom the caller may take rights.</summary>
    public async Task<Result<AgencyUser>> FindOtherAsync(AgencyUserId user, CancellationToken cancellationToken)
    {
        if (user == caller.User) return new OwnUserRefused();
        if (await FindAsync(user, cancellationToken) is not { } found) return new UserNotFound();
        return (await AgencyAsync(cancellationToken)).OwnerId == user ? new OwnerProtected(found.DisplayName) : found;
    }

    /// <summary>
    /// The user's row, to change columns of. Each change needs a new stamp, so that Identity refuses to write back what it read before.
    /// </summary>
    public IQueryable<AgencyUser> Row(AgencyUserId user) => db.Users.Where(u => u.Id == user.Value && u.AgencyId == caller.Agency);

    /// <summary>Makes what the user began and has not finished come to nothing, and signs them out everywhere.</summary>
    public async Task SignOutAsync(AgencyUserId user, CancellationToken cancellationToken)
    {
        foreach (var work in unfinished) await work.DropAsync(db, user, cancellationToken);
        SignedOut.Add(user);
    }

    public void Record(AuditKind kind, string? detail) => db.AuditEvents.Add(Happened(kind, detail));

    /// <summary>Records a change of a user's sign-in under their name, and mails them.</summary>
    public void RecordSignIn(AgencyUser user, AuditKind kind)
    {
        db.AddWithMail(Happened(kind, user.DisplayName), user, clock);
        HasMail = true;
    }

    /// <summary>Puts a mail into the outbox, in the same transaction.</summary>
    public void Mail(EmailKind kind, MailSubject about, string to)
    {
        var mail = new NewMail(kind, about, to, Language: null);
        db.EmailMessages.Add(new EmailMessage(EmailMessageId.New(clock), caller.Agency, mail, Now));
        HasMail = true;
    }

    private AuditEvent Happened(AuditKind kind, string? detail) =>
        new(AuditEventId.New(clock), caller.Agency, Now, kind, caller.Actor, null, null, detail);
}
