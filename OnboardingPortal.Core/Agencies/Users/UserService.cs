using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Who works for an agency, what they may do and whether they may sign in. For main users only.</summary>
public sealed class UserService(PortalDbContextFactory contexts, UserChanges changes)
{
    /// <summary>The agency's users: the owner, then main users, then sub-users, each by name.</summary>
    /// <returns>The users, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<IReadOnlyList<UserSummary>>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var owner = await db.Agencies.Where(a => a.Id == caller.Agency).Select(a => a.OwnerId).SingleAsync(cancellationToken);
        var users = await db.Users.AsNoTracking().Where(u => u.AgencyId == caller.Agency).ToListAsync(cancellationToken);
        var seen = await db.UserSessions.GroupBy(s => s.UserId).Select(g => new { User = g.Key, At = g.Max(s => s.SeenAt) })
            .ToDictionaryAsync(s => s.User, s => s.At, cancellationToken);
        var withPasskey = await db.UserPasskeys.Where(p => db.Users.Any(u => u.Id == p.UserId && u.AgencyId == caller.Agency))
            .Select(p => p.UserId).Distinct().ToListAsync(cancellationToken);
        return users
            .OrderByDescending(u => u.UserId == owner).ThenByDescending(u => u.Role)
            .ThenBy(u => u.DisplayName, StringComparer.CurrentCultureIgnoreCase).ThenBy(u => u.Id)
            .Select(u => new UserSummary(
                u.UserId, u.DisplayName, u.Email ?? "", u.Role, u.UserId == owner, u.DisabledAt,
                seen.TryGetValue(u.UserId, out var at) ? at : null,
                u.TwoFactorEnabled || withPasskey.Contains(u.Id)))
            .ToList();
    }

    /// <summary>Makes a user a main user or a sub-user. They sign in anew, since their session says what they were.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="OwnUserRefused"/>, <see cref="UserNotFound"/> or
    /// <see cref="OwnerProtected"/>.</returns>
    public Task<PortalError?> ChangeRoleAsync(
        AgencyCaller caller, AgencyUserId user, AgencyRole role, CancellationToken cancellationToken) =>
        ApplyAsync(caller, async change =>
        {
            var other = await change.FindOtherAsync(user, cancellationToken);
            if (!other.Succeeded) return other.Error;
            if (other.Value.Role == role) return null;
            var stamp = NewStamp();
            await change.Row(user)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.Role, role).SetProperty(u => u.ConcurrencyStamp, stamp), cancellationToken);
            await change.SignOutAsync(user, cancellationToken);
            change.Record(AuditKind.UserRoleChanged, $"{other.Value.DisplayName}: {role}");
            return null;
        }, cancellationToken);

    /// <summary>Keeps a user out, at once and everywhere, until they are enabled again.</summary>
    /// <returns>Null, or a refusal as <see cref="ChangeRoleAsync"/> has it.</returns>
    public Task<PortalError?> DisableAsync(AgencyCaller caller, AgencyUserId user, CancellationToken cancellationToken) =>
        ApplyAsync(caller, async change =>
        {
            var other = await change.FindOtherAsync(user, cancellationToken);
            if (!other.Succeeded) return other.Error;
            if (other.Value.DisabledAt is not null) return null;
            var stamp = NewStamp();
            var now = change.Now;
            await change.Row(user)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.DisabledAt, now).SetProperty(u => u.ConcurrencyStamp, stamp), cancellationToken);
            await change.SignOutAsync(user, cancellationToken);
            change.Record(AuditKind.UserDisabled, other.Value.DisplayName);
            return null;
        }, cancellationToken);

    /// <summary>Lets a disabled user in again.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="UserNotFound"/>.</returns>
    public Task<PortalError?> EnableAsync(AgencyCaller caller, AgencyUserId user, CancellationToken cancellationToken) =>
        ApplyAsync(caller, async change =>
        {
            if (await change.FindAsync(user, cancellationToken) is not { } found) return new UserNotFound();
            if (found.DisabledAt is null) return null;
            var stamp = NewStamp();
            await change.Row(user).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.DisabledAt, (DateTimeOffset?)null).SetProperty(u => u.ConcurrencyStamp, stamp),
                cancellationToken);
            change.Record(AuditKind.UserEnabled, found.DisplayName);
            return null;
        }, cancellationToken);

    /// <summary>
    /// Takes a user's authenticator app, recovery codes and passkeys away, for one who lost them: they sign in with their password alone,
    /// and set up new ones where the agency requires it. Nobody else gains anything by it, so it works for the owner too.
    /// </summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="OwnUserRefused"/> or <see cref="UserNotFound"/>.</returns>
    public Task<PortalError?> ResetTwoFactorAsync(AgencyCaller caller, AgencyUserId user, CancellationToken cancellationToken) =>
        ApplyAsync(caller, async change =>
        {
            if (user == caller.User) return new OwnUserRefused();
            if (await change.FindAsync(user, cancellationToken) is not { } found) return new UserNotFound();
            var id = user.Value;
            var stamp = NewStamp();
            var passkeys = await change.Db.UserPasskeys.Where(p => p.UserId == id).ExecuteDeleteAsync(cancellationToken);
            if (passkeys == 0 && !found.TwoFactorEnabled) return null;
            // the app's key and the recovery codes
            await change.Db.UserTokens.Where(t => t.UserId == id).ExecuteDeleteAsync(cancellationToken);
            await change.Row(user)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.TwoFactorEnabled, false).SetProperty(u => u.ConcurrencyStamp, stamp), cancellationToken);
            await change.SignOutAsync(user, cancellationToken);
            change.RecordSignIn(found, AuditKind.TwoFactorReset);
            return null;
        }, cancellationToken);

    /// <summary>Says whether each user of the agency needs an authenticator app or a passkey.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, or <see cref="SecondFactorMissing"/> when the caller has neither.</returns>
    public Task<PortalError?> RequireTwoFactorAsync(AgencyCaller caller, bool required, CancellationToken cancellationToken) =>
        ApplyAsync(caller, async change =>
        {
            var id = caller.User.Value;
            if (required
                && !await change.Db.Users.AnyAsync(
                    u => u.Id == id && (u.TwoFactorEnabled || change.Db.UserPasskeys.Any(p => p.UserId == id)), cancellationToken))
            {
                return new SecondFactorMissing();
            }

            var agency = await change.AgencyAsync(cancellationToken);
            if (agency.RequiresTwoFactor == required) return null;
            agency.RequireTwoFactor(required);
            change.Record(required ? AuditKind.TwoFactorRequired : AuditKind.TwoFactorOptional, null);
            return null;
        }, cancellationToken);

    private async Task<PortalError?> ApplyAsync(
        AgencyCaller caller, Func<UserChange, Task<PortalError?>> change, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(
            caller, async scope => await change(scope) is { } refusal ? refusal : true, cancellationToken)).Error;

    private static string NewStamp() => Guid.NewGuid().ToString();
}
