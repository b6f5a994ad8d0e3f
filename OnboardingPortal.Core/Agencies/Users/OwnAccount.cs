using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>What users change of their own account: the profile, the password, and how they see the table of requests.</summary>
public sealed class OwnAccount(
    UserManager<AgencyUser> users, IUserStore<AgencyUser> store, UserSessions sessions, PasswordAttempts attempts,
    PortalDbContextFactory contexts, IValidator<Profile> validator, TimeProvider clock)
{
    /// <summary>The caller's profile as it stands.</summary>
    public async Task<Profile> FindProfileAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var user = await FindAsync(db, caller, cancellationToken);
        return new Profile(user.DisplayName, user.Language, user.TimeZone);
    }

    /// <summary>Replaces the caller's profile.</summary>
    /// <returns>Null or <see cref="InputRefused"/>; a refusal changes nothing.</returns>
    public async Task<PortalError?> ChangeProfileAsync(AgencyCaller caller, Profile profile, CancellationToken cancellationToken)
    {
        var validation = await validator.ValidateAsync(profile, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        await using var db = contexts.Create(caller.Agency);
        var user = await FindAsync(db, caller, cancellationToken);
        user.DisplayName = profile.Name.Trim();
        user.Language = profile.Language;
        user.TimeZone = profile.TimeZone;
        if (!db.ChangeTracker.HasChanges()) return null;
        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), AuditKind.ProfileChanged, caller.Actor, null, null, null));
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>
    /// Changes the caller's password. Every other session of theirs ends; Identity's stamp changes, so that the session's cookie must be
    /// renewed.
    /// </summary>
    /// <param name="caller">The user whose password it is.</param>
    /// <param name="session">The session that goes on.</param>
    /// <param name="current">The current password; wrong ones count towards a lockout.</param>
    /// <param name="next">The new password.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="PasswordWrong"/>, <see cref="TooManyAttempts"/>, <see cref="PasswordTooShort"/> or
    /// <see cref="PasswordCommon"/>.</returns>
    public async Task<PortalError?> ChangePasswordAsync(
        AgencyCaller caller, UserSessionId session, string current, string next, CancellationToken cancellationToken)
    {
        var user = await users.FindOwnAsync(caller);
        if (await attempts.RefuseAsync(user, u => users.CheckPasswordAsync(u, current), new PasswordWrong()) is { } refusal) return refusal;
        if (next.Length < users.Options.Password.RequiredLength) return new PasswordTooShort(users.Options.Password.RequiredLength);
        if (CommonPasswords.Has(next, user.DisplayName, user.Email)) return new PasswordCommon();
        ((PortalUserStore)store).AddAuditEntry(caller, user, AuditKind.PasswordChanged);
        (await users.ChangePasswordAsync(user, current, next)).MustSucceed();
        await sessions.EndAllAsync(caller.Agency, caller.User, session, cancellationToken);
        return null;
    }

    /// <summary>How the caller likes to see the table of requests.</summary>
    public async Task<TableView> FindTableViewAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var kept = await db.Users.Where(u => u.Id == caller.User.Value && u.AgencyId == caller.Agency)
            .Select(u => new { u.TableRows, u.TableIsCompact }).SingleAsync(cancellationToken);
        return new TableView(kept.TableRows ?? TableView.Usual.Rows, kept.TableIsCompact ?? TableView.Usual.IsCompact);
    }

    /// <summary>Keeps how the caller likes to see the table of requests.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A page cannot have that many rows.</exception>
    public async Task KeepTableViewAsync(AgencyCaller caller, TableView view, CancellationToken cancellationToken)
    {
        if (!TableView.RowChoices.Contains(view.Rows))
            throw new ArgumentOutOfRangeException(nameof(view), view.Rows, "A page cannot have that many rows.");
        await using var db = contexts.Create(caller.Agency);
        var user = await FindAsync(db, caller, cancellationToken);
        user.TableRows = view.Rows;
        user.TableIsCompact = view.IsCompact;
        await db.SaveChangesAsync(cancellationToken);
    }

    private static Task<AgencyUser> FindAsync(PortalDbContext db, AgencyCaller caller, CancellationToken cancellationToken) =>
        db.Users.SingleAsync(u => u.Id == caller.User.Value && u.AgencyId == caller.Agency, cancellationToken);
}

/// <summary>What services for the own account share.</summary>
internal static class OwnAccountExtensions
{
    extension(UserManager<AgencyUser> users)
    {
        /// <summary>The caller as Identity keeps them.</summary>
        /// <exception cref="InvalidOperationException">The caller is gone, or said to be of another agency.</exception>
        public async Task<AgencyUser> FindOwnAsync(AgencyCaller caller) =>
            await users.FindByIdAsync(caller.User.ToString()) is { } user && user.AgencyId == caller.Agency
                ? user
                : throw new InvalidOperationException("The caller is gone.");

        /// <summary>Whether a text is the user's password or a fresh code of their app.</summary>
        public async Task<bool> IsProofAsync(AgencyUser user, string proof) =>
            await users.CheckPasswordAsync(user, proof)
                || await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, proof);
    }

    /// <summary>Turns what only two changes at the same time or a bug can cause into an exception.</summary>
    public static void MustSucceed(this IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException($"Identity refused: {result}");
    }
}
