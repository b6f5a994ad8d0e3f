using FluentValidation;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// A main user's side of invitations: send, send again, take back. Nobody is told whether an address signs in for another agency.
/// </summary>
public sealed class InvitationService(
    PortalDbContextFactory contexts, UserChanges changes, InvitationTokens tokens, IValidator<NewInvitation> validator, TimeProvider clock)
{
    /// <summary>How long one mail must be enough.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromMinutes(1);

    /// <summary>The invitations that were neither accepted nor cancelled, expired ones too, the newest first.</summary>
    /// <returns>The invitations, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<IReadOnlyList<InvitationSummary>>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        var waiting = await Waiting(db).AsNoTracking().OrderByDescending(i => i.Id).ToListAsync(cancellationToken);
        return waiting.Select(i => new InvitationSummary(i.Id, i.Email, i.Role, i.InvitedByName, i.SentAt, i.ExpiresAt, i.IsOpenAt(now)))
            .ToList();
    }

    /// <summary>Invites somebody by mail.</summary>
    /// <returns>The invitation, or <see cref="NotAllowed"/>, <see cref="InputRefused"/>, <see cref="AlreadyUser"/>,
    /// <see cref="AlreadyInvited"/>.</returns>
    public async Task<Result<InvitationId>> InviteAsync(AgencyCaller caller, NewInvitation input, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        input = input with { Email = EmailAddress.Tidy(input.Email) };
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        var link = tokens.Make();
        return await changes.ApplyAsync<InvitationId>(caller, async change =>
        {
            if (await IsUserAsync(change, input.Email, cancellationToken)) return new AlreadyUser();
            var waiting = await Waiting(change.Db).Select(i => i.Email).ToListAsync(cancellationToken);
            if (waiting.Any(email => EmailAddress.IsSame(email, input.Email))) return new AlreadyInvited();
            var invitation = new Invitation(InvitationId.New(clock), caller, input.Email, input.Role, change.Now);
            invitation.Send(link.Hash, link.ProtectedToken, change.Now);
            change.Db.Invitations.Add(invitation);
            change.Mail(EmailKind.Invitation, MailSubject.Of(invitation.Id), invitation.Email);
            change.Record(AuditKind.UserInvited, invitation.Email);
            return invitation.Id;
        }, cancellationToken);
    }

    /// <summary>Mails an invitation again, with a new link and a new life; the old link is dead.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="InvitationNotFound"/>, <see cref="SentJustNow"/> or
    /// <see cref="AlreadyUser"/>.</returns>
    public async Task<PortalError?> ResendAsync(AgencyCaller caller, InvitationId id, CancellationToken cancellationToken)
    {
        var link = tokens.Make();
        var result = await changes.ApplyAsync<bool>(caller, async change =>
        {
            if (await Waiting(change.Db).SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } invitation)
                return new InvitationNotFound();
            if (change.Now - invitation.SentAt < ResendAfter) return new SentJustNow(invitation.SentAt + ResendAfter - change.Now);
            if (await IsUserAsync(change, invitation.Email, cancellationToken)) return new AlreadyUser();
            invitation.Send(link.Hash, link.ProtectedToken, change.Now);
            change.Mail(EmailKind.Invitation, MailSubject.Of(invitation.Id), invitation.Email);
            change.Record(AuditKind.InvitationResent, invitation.Email);
            return true;
        }, cancellationToken);
        return result.Error;
    }

    /// <summary>Takes an invitation back: its link is dead at once.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="InvitationNotFound"/>.</returns>
    public async Task<PortalError?> CancelAsync(AgencyCaller caller, InvitationId id, CancellationToken cancellationToken)
    {
        var result = await changes.ApplyAsync<bool>(caller, async change =>
        {
            if (await Waiting(change.Db).SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } invitation)
                return new InvitationNotFound();
            invitation.Cancel(change.Now);
            change.Record(AuditKind.InvitationCancelled, invitation.Email);
            return true;
        }, cancellationToken);
        return result.Error;
    }

    private static IQueryable<Invitation> Waiting(PortalDbContext db) =>
        db.Invitations.Where(i => i.AcceptedAt == null && i.CancelledAt == null);

    private static Task<bool> IsUserAsync(UserChange change, string email, CancellationToken cancellationToken)
    {
        var normalized = AgencyUser.Normalize(email);
        return change.Db.Users.AnyAsync(u => u.AgencyId == change.Caller.Agency && u.NormalizedEmail == normalized, cancellationToken);
    }
}
