using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Connections;

/// <summary>Attaches the agency's own accounts.</summary>
public sealed class AgencyAccounts(PortalDbContextFactory contexts, CredentialProtector protector, TimeProvider clock)
{
    /// <summary>Attaches the outcome of a main user's sign-in.</summary>
    /// <returns>Null when attached, otherwise why not.</returns>
    internal async Task<PlatformFailure?> AttachAsync(
        ConnectAttempt attempt, Result<PlatformSignIn> signIn, string? networkAddress, CancellationToken cancellationToken)
    {
        if (!signIn.Succeeded) return (PlatformFailure)signIn.Error;
        await using var db = contexts.Create(attempt.AgencyId);
        var user = attempt.UserId!.Value;
        var name = await db.Users.Where(u => u.Id == user.Value).Select(u => u.DisplayName).SingleOrDefaultAsync(cancellationToken);
        var actor = new Actor(ActorKind.AgencyUser, user.Value, name ?? "", networkAddress);
        attempt.ConnectionId = await AttachAsync(attempt.AgencyId, actor, attempt.Platform, signIn.Value, cancellationToken);
        return null;
    }

    /// <summary>Attaches an account; a second sign-in of one account renews it.</summary>
    internal async Task<ConnectionId> AttachAsync(
        AgencyId agency, Actor actor, PlatformKey platform, PlatformSignIn signIn, CancellationToken cancellationToken)
    {
        for (var isFirstTry = true; ; isFirstTry = false)
        {
            var now = clock.GetUtcNow();
            await using var db = contexts.Create(agency);
            var connection = await db.Connections.SingleOrDefaultAsync(
                c => c.RequestId == null && c.Platform == platform && c.ExternalId == signIn.Account.ExternalId, cancellationToken);
            if (connection is null)
            {
                connection = new PlatformConnection(ConnectionId.New(clock), agency, platform, signIn.Account, now);
                db.Connections.Add(connection);
            }

            var secret = await protector.ProtectAsync(agency, connection.Id.Value, platform, signIn.Credentials, cancellationToken);
            connection.SignIn(null, signIn, secret, null, now);
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(clock), agency, now, AuditKind.AccountConnected, actor, null, platform, connection.DisplayName));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return connection.Id;
            }
            catch (DbUpdateException exception) when (isFirstTry && WriteConflict.Is(exception))
            {
                // Connected in another tab at the same instant: renew that one.
            }
        }
    }
}
