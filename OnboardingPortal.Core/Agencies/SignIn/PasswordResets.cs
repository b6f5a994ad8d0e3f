using System.Buffers.Text;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Agencies;

/// <summary>A new password by mail, for who forgot theirs.</summary>
/// <param name="contexts">The database.</param>
/// <param name="scopes">For Identity's services, which the host registers.</param>
/// <param name="sessions">Ends what the old password opened.</param>
/// <param name="outbox">Told of the mail.</param>
/// <param name="address">Where links lead.</param>
/// <param name="validator">The rule of the password.</param>
/// <param name="clock">The time.</param>
public sealed class PasswordResets(
    PortalDbContextFactory contexts, IServiceScopeFactory scopes, UserSessions sessions, OutboxSignal outbox, PortalAddress address,
    IValidator<NewPassword> validator, TimeProvider clock)
{
    /// <summary>How long a link lives after its mail was sent.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(2);

    /// <summary>How long one mail must be enough for a user.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Mails a link to a user who can sign in; for every other address it does nothing. Nobody who asks waits for it, so that not even the
    /// time tells which of the two it was: see <see cref="PasswordResetRequests"/>.
    /// </summary>
    /// <param name="email">As typed.</param>
    /// <param name="networkAddress">For the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task AskAsync(string? email, string? networkAddress, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(email) is not { } address) return;
        var normalized = AgencyUser.Normalize(address.Text);
        var now = clock.GetUtcNow();
        await using var system = contexts.CreateForSystem();
        var user = await system.Users.AsNoTracking()
            .SingleOrDefaultAsync(u => u.NormalizedEmail == normalized && u.DisabledAt == null, cancellationToken);
        if (user is null) return;

        await using var db = contexts.Create(user.AgencyId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Holds the row, so that of two who ask at once the second sees the first one's mail.
        await db.Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ConcurrencyStamp, u => u.ConcurrencyStamp), cancellationToken);
        var about = MailSubject.Of(user.UserId);
        var last = await db.EmailMessages.Where(m => m.RequestId == null && m.Kind == EmailKind.PasswordReset && m.About == about)
            .OrderByDescending(m => m.Id).Select(m => (DateTimeOffset?)m.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        if (now - last < AskAgainAfter) return;
        db.EmailMessages.Add(
            new EmailMessage(
                EmailMessageId.New(clock), user.AgencyId, new NewMail(EmailKind.PasswordReset, about, user.Email!, user.Language), now));
        Record(db, user, AuditKind.PasswordResetAsked, networkAddress);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
    }

    /// <summary>
    /// A fresh link for a user's mail; null when they are gone or disabled, or their address is no longer <paramref name="to"/>.
    /// </summary>
    internal async Task<(AgencyUser User, Uri Link)?> LinkAsync(AgencyUserId id, string to, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        if (await FindAsync(users, id) is not { } user || user.Email != to) return null;
        var code = Base64Url.EncodeToString(Convert.FromBase64String(await users.GeneratePasswordResetTokenAsync(user)));
        cancellationToken.ThrowIfCancellationRequested();
        return (user, new Uri(address.Public, $"account/reset/{user.UserId}/{code}"));
    }

    /// <summary>Whether a link still works; changes nothing.</summary>
    public async Task<bool> IsAliveAsync(AgencyUserId user, string code)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        return await FindAsync(users, user) is { } found && await IsGoodAsync(users, found, TokenOf(code));
    }

    /// <summary>Sets a new password: works once a link, unlocks the user and signs them out everywhere.</summary>
    /// <param name="user">From the link.</param>
    /// <param name="code">From the link.</param>
    /// <param name="input">The new password.</param>
    /// <param name="networkAddress">For the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The address to sign in with, <see cref="ResetLinkDead"/>, or <see cref="InputRefused"/> or <see cref="UserRefused"/> for
    /// the password.</returns>
    public async Task<Result<string>> ResetAsync(
        AgencyUserId user, string code, NewPassword input, string? networkAddress, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Identity's store works on this very context, so that password and audit entry are one transaction.
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(users, user) is not { } found || !await IsGoodAsync(users, found, TokenOf(code))) return new ResetLinkDead();
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        var done = await users.ResetPasswordAsync(found, TokenOf(code)!, input.Password);
        if (done.Succeeded) done = await users.ResetAccessFailedCountAsync(found);
        if (done.Succeeded) done = await users.SetLockoutEndDateAsync(found, null);
        if (!done.Succeeded)
        {
            return done.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))
                ? new ResetLinkDead() // somebody else used it at the same instant
                : new UserRefused([.. done.Errors.Select(e => e.Description)]);
        }

        await PasswordAttempts.ForgetAllAsync(db, found.UserId, cancellationToken);
        Record(db, found, AuditKind.PasswordReset, networkAddress);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        await sessions.EndAllAsync(found.AgencyId, found.UserId, except: null, CancellationToken.None);
        return found.Email!;
    }

    /// <summary>Whether a passkey signs the user in, too: a new password does not take it away. Only for who just set one.</summary>
    public async Task<bool> HasPasskeysAsync(AgencyUserId user, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await db.UserPasskeys.AnyAsync(p => p.UserId == user.Value, cancellationToken);
    }

    private static async Task<AgencyUser?> FindAsync(UserManager<AgencyUser> users, AgencyUserId id) =>
        await users.FindByIdAsync(id.ToString()) is { DisabledAt: null } user ? user : null;

    private static async Task<bool> IsGoodAsync(UserManager<AgencyUser> users, AgencyUser user, string? token) => token is not null
        && await users.VerifyUserTokenAsync(
            user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<AgencyUser>.ResetPasswordTokenPurpose, token);

    private static string? TokenOf(string code) => Base64Url.IsValid(code) ? Convert.ToBase64String(Base64Url.DecodeFromChars(code)) : null;

    private void Record(PortalDbContext db, AgencyUser user, AuditKind kind, string? networkAddress)
    {
        var actor = new Actor(ActorKind.AgencyUser, user.Id, user.DisplayName, networkAddress);
        db.AddWithMail(
            new AuditEvent(AuditEventId.New(clock), user.AgencyId, clock.GetUtcNow(), kind, actor, null, null, null), user, clock);
    }
}
