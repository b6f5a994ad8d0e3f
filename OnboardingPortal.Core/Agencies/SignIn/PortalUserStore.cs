using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Keeps users for Identity: authenticator keys and recovery codes only encrypted, and a change with the note of it in one save.
/// </summary>
internal sealed class PortalUserStore(PortalDbContext context, IDataProtectionProvider protection, TimeProvider clock)
    : UserOnlyStore<
        AgencyUser, PortalDbContext, long, IdentityUserClaim<long>, IdentityUserLogin<long>, IdentityUserToken<long>,
        IdentityUserPasskey<long>>(context)
{
    /// <summary>
    /// Notes what the next save changes of the caller, and mails them where it is about their sign-in. A save that fails does neither.
    /// </summary>
    public void AddAuditEntry(AgencyCaller caller, AgencyUser user, AuditKind kind, string? detail = null) =>
        Context.AddWithMail(
            new AuditEvent(AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), kind, caller.Actor, null, null, detail), user, clock);

    /// <summary>
    /// A circuit keeps its context for long: what came in another way meanwhile, such as a passkey's counter, is read anew.
    /// </summary>
    public override async Task<AgencyUser?> FindByIdAsync(string userId, CancellationToken cancellationToken = default)
    {
        if (Context.Users.Local.FindEntry(ConvertIdFromString(userId)) is { State: EntityState.Unchanged or EntityState.Modified } known)
            await known.ReloadAsync(cancellationToken);
        return await base.FindByIdAsync(userId, cancellationToken);
    }

    public override Task SetTokenAsync(
        AgencyUser user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : ProtectorOf(user, name).Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(
        AgencyUser user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        var kept = await base.GetTokenAsync(user, loginProvider, name, cancellationToken);
        if (kept is null) return null;
        try
        {
            return ProtectorOf(user, name).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null; // the keys are gone: as if there were none, so that a main user can help
        }
    }

    private IDataProtector ProtectorOf(AgencyUser user, string name) =>
        protection.CreateProtector("OnboardingPortal.UserToken.v1", user.UserId.ToString(), name);
}
