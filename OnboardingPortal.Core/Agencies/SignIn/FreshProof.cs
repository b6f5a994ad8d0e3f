using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// An open session may be a stolen one: anybody who changes how somebody signs in, or who may, shows in that very session that it is them.
/// Signing in is such a proof, too. It belongs to the session and ends with it.
/// </summary>
public sealed class FreshProof(
    UserManager<AgencyUser> users, PasswordAttempts attempts, PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>How long a proof is enough.</summary>
    public static readonly TimeSpan Life = AgencyCaller.ProofLife;

    /// <summary>The one check that every such action makes before anything else.</summary>
    /// <returns>Null, or <see cref="ProofNeeded"/> when the caller has not proved it for <see cref="Life"/>.</returns>
    internal static PortalError? Refuse(AgencyCaller caller, TimeProvider clock) => caller.IsProvedAt(clock.GetUtcNow())
        ? null
        : new ProofNeeded();

    /// <summary>With what the caller can prove it beside their password.</summary>
    public async Task<ProofWays> FindWaysAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        return await db.Users.Where(u => u.Id == caller.User.Value && u.AgencyId == caller.Agency)
            .Select(u => new ProofWays(u.TwoFactorEnabled, db.UserPasskeys.Any(p => p.UserId == u.Id))).SingleAsync(cancellationToken);
    }

    /// <summary>
    /// Takes the password or a fresh code of the app as a proof of the session's user; wrong ones count towards a lockout.
    /// </summary>
    /// <param name="caller">Whose session it is.</param>
    /// <param name="session">The session, which the proof belongs to.</param>
    /// <param name="proof">As typed.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="ProofRefused"/> or <see cref="TooManyAttempts"/>.</returns>
    public async Task<PortalError?> ProveAsync(
        AgencyCaller caller, UserSessionId session, string proof, CancellationToken cancellationToken)
    {
        var user = await users.FindOwnAsync(caller);
        if (await attempts.RefuseAsync(user, u => users.IsProofAsync(u, proof), new ProofRefused()) is { } refusal) return refusal;
        await NoteAsync(caller, session, cancellationToken);
        return null;
    }

    /// <summary>Notes that the session's user just proved it in a way that was checked elsewhere: with a passkey.</summary>
    public async Task NoteAsync(AgencyCaller caller, UserSessionId session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        await db.UserSessions.Where(s => s.Id == session && s.UserId == caller.User && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvedAt, now), cancellationToken);
    }
}

/// <summary>With what a user can prove that it is them, beside their password.</summary>
/// <param name="HasAuthenticator">Whether codes of an app count.</param>
/// <param name="HasPasskey">Whether there is a passkey to ask for.</param>
public sealed record ProofWays(bool HasAuthenticator, bool HasPasskey);
