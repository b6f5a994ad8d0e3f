using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Connections;

/// <summary>The agency's own Facebook users.</summary>
public sealed class AgencyFacebookService(
    PortalDbContextFactory contexts, FacebookAssets assets, CredentialProtector protector,
    Revocations revocations, Notices notices, OutboxSignal outbox, TimeProvider clock)
{
    /// <summary>The agency's Facebook users with their Business Managers, by name; credentials are never part of it.</summary>
    public async Task<IReadOnlyList<FacebookUserSummary>> ListAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var users = await db.FacebookUsers.AsNoTracking().OrderBy(u => u.Name).ToListAsync(cancellationToken);
        return [.. users.Select(u => new FacebookUserSummary(u.Id, u.Name, u.ExternalId, u.Failure, u.LastCheckedAt, u.BusinessManagers))];
    }

    /// <summary>
    /// Removes a Facebook user: takes the portal's access back at Facebook and erases the credentials. Requests that name it stay, but what
    /// they share can no longer be checked.
    /// </summary>
    /// <returns>Whether Facebook was told, <see cref="NotAllowed"/> or <see cref="ConnectionNotFound"/>.</returns>
    public async Task<Result<Disconnection>> RemoveAsync(AgencyCaller caller, AgencyFacebookUserId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var user = await db.FacebookUsers.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        if (user is null) return new ConnectionNotFound();
        var revoked = await RevokeAsync(user, cancellationToken);
        db.FacebookUsers.Remove(user);
        Record(db, caller.Agency, AuditKind.FacebookUserRemoved, caller.Actor, user.Name);
        await db.SaveChangesAsync(cancellationToken);
        return revoked;
    }

    /// <summary>
    /// Connects a Facebook user whose sign-in and Business Managers are known already, as those of a fresh installation's demo agency are.
    /// </summary>
    public Task ConnectAsync(
        AgencyCaller caller, PlatformSignIn signIn, IReadOnlyList<BusinessManager> businesses, CancellationToken cancellationToken) =>
        SaveAsync(caller.Agency, caller.Actor, signIn, businesses, cancellationToken);

    internal async Task<PlatformFailure?> AttachAsync(
        ConnectAttempt attempt, Result<PlatformSignIn> signIn, string? networkAddress, CancellationToken cancellationToken)
    {
        if (!signIn.Succeeded) return (PlatformFailure)signIn.Error;
        var businesses = await assets.ListBusinessManagersAsync(signIn.Value.Credentials.Token, cancellationToken);
        if (!businesses.Succeeded) return (PlatformFailure)businesses.Error;
        await using var db = contexts.Create(attempt.AgencyId);
        var name = await db.Users.Where(u => u.Id == attempt.UserId!.Value.Value).Select(u => u.DisplayName)
            .SingleOrDefaultAsync(cancellationToken);
        var actor = new Actor(ActorKind.AgencyUser, attempt.UserId!.Value.Value, name ?? "", networkAddress);
        await SaveAsync(attempt.AgencyId, actor, signIn.Value, businesses.Value, cancellationToken);
        return null;
    }

    internal async Task<Result<AccessToken>> TokenOfAsync(AgencyId agency, AgencyFacebookUserId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var secret = await db.FacebookUsers.Where(u => u.Id == id).Select(u => u.Credentials).SingleOrDefaultAsync(cancellationToken);
        if (secret is null) return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.AuthExpired);
        return (await protector.UnprotectAsync(agency, id.Value, FacebookDefaults.Key, secret, cancellationToken)).Token;
    }

    /// <summary>The agency's user within one of its Business Managers.</summary>
    internal async Task<Result<BusinessMember>> FindMemberAsync(
        AgencyId agency, AgencyFacebookUserId id, string business, CancellationToken cancellationToken)
    {
        var token = await TokenOfAsync(agency, id, cancellationToken);
        if (!token.Succeeded) return token.Error;
        await using var db = contexts.Create(agency);
        var user = await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return user?.BusinessManagers.FirstOrDefault(b => b.ExternalId == business) is { } manager
            ? new BusinessMember(token.Value, manager.UserId)
            : new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.PermissionDenied); // no longer works there
    }

    /// <summary>
    /// Notes that Facebook no longer accepts the user's credentials: the settings page asks to sign in again, and whom the settings name is
    /// mailed, once a loss.
    /// </summary>
    internal async Task NoteFailureAsync(
        AgencyId agency, AgencyFacebookUserId id, PlatformFailureKind failure, CancellationToken cancellationToken)
    {
        var told = await notices.FindAsync(agency, a => a.MailedOnLostAccess, cancellationToken);
        await using var db = contexts.Create(agency);
        if (await db.FacebookUsers.Where(u => u.Id == id && u.Failure != null)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Failure, failure), cancellationToken) == 1) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isNews = await db.FacebookUsers.Where(u => u.Id == id && u.Failure == null)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Failure, failure), cancellationToken) == 1;
        if (!isNews) return; // removed, or noted by somebody else at the same time
        Record(db, agency, AuditKind.AccountLost, Actor.System,
            await db.FacebookUsers.Where(u => u.Id == id).Select(u => u.Name).SingleAsync(cancellationToken));
        db.EmailMessages.AddRange(told.Select(to => new EmailMessage(
            EmailMessageId.New(clock), agency, new NewMail(EmailKind.AccessLost, MailSubject.Of(id), to.Email, to.Language),
            clock.GetUtcNow())));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (told.Count > 0) outbox.Wake();
    }

    private async Task SaveAsync(
        AgencyId agency, Actor actor, PlatformSignIn signIn, IReadOnlyList<BusinessManager> businesses, CancellationToken cancellationToken)
    {
        for (var isFirstTry = true; ; isFirstTry = false)
        {
            var now = clock.GetUtcNow();
            await using var db = contexts.Create(agency);
            var user = await db.FacebookUsers.SingleOrDefaultAsync(u => u.ExternalId == signIn.Account.ExternalId, cancellationToken);
            if (user is null)
            {
                user = new AgencyFacebookUser(AgencyFacebookUserId.New(clock), agency, signIn.Account.ExternalId, now);
                db.FacebookUsers.Add(user);
            }

            var secret = await protector.ProtectAsync(agency, user.Id.Value, FacebookDefaults.Key, signIn.Credentials, cancellationToken);
            user.SignIn(signIn.Account.Name, secret, signIn.Credentials.ExpiresAt, businesses, now);
            Record(db, agency, AuditKind.FacebookUserConnected, actor, user.Name);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException exception) when (isFirstTry && WriteConflict.Is(exception))
            {
                // Connected in another tab at the same instant: renew that one.
            }
        }
    }

    private async Task<Disconnection> RevokeAsync(AgencyFacebookUser user, CancellationToken cancellationToken)
    {
        if (user.Credentials is not { } secret) return Disconnection.AtThePlatformToo;

        // Facebook takes access back for a person and an app as a whole: it would end another agency's sign-in of the same person.
        await using var all = contexts.CreateForSystem();
        if (await all.FacebookUsers.IgnoreQueryFilters()
            .AnyAsync(u => u.ExternalId == user.ExternalId && u.Id != user.Id, cancellationToken)) return Disconnection.PlatformHasNoWay;
        var held = await protector.UnprotectAsync(user.AgencyId, user.Id.Value, FacebookDefaults.Key, secret, cancellationToken);
        return (await revocations.RevokeAsync(user.AgencyId, FacebookDefaults.Key, user.ExternalId, held, cancellationToken)).Succeeded
            ? Disconnection.AtThePlatformToo
            : Disconnection.PlatformNotReached;
    }

    private void Record(PortalDbContext db, AgencyId agency, AuditKind kind, Actor actor, string name) =>
        db.AuditEvents.Add(
            new AuditEvent(AuditEventId.New(clock), agency, clock.GetUtcNow(), kind, actor, null, FacebookDefaults.Key, name));
}

/// <summary>A Facebook user of the agency, as the settings show it.</summary>
/// <param name="Id">The portal's id of the user.</param>
/// <param name="Name">Their name at Facebook; hostile text.</param>
/// <param name="ExternalId">Facebook's id of them.</param>
/// <param name="Failure">Why they must sign in again; null while all is well.</param>
/// <param name="LastCheckedAt">When their Business Managers were last read, UTC.</param>
/// <param name="BusinessManagers">Where they work, whatever their role.</param>
public sealed record FacebookUserSummary(
    AgencyFacebookUserId Id, string Name, string ExternalId, PlatformFailureKind? Failure, DateTimeOffset LastCheckedAt,
    IReadOnlyList<BusinessManager> BusinessManagers);

/// <summary>A Facebook user of the agency within one of its Business Managers.</summary>
/// <param name="Token">To call with.</param>
/// <param name="UserId">Their id within the business; what assigning people to assets asks for.</param>
internal sealed record BusinessMember(AccessToken Token, string UserId);
