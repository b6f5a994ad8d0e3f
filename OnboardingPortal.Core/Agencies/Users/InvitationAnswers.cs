using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>The side of anybody who holds an invitation's link. Looking changes nothing; one link makes one user.</summary>
/// <param name="contexts">The database.</param>
/// <param name="scopes">For Identity's services, which the host registers.</param>
/// <param name="validator">The rules of what they say of themselves.</param>
/// <param name="clock">The time.</param>
public sealed class InvitationAnswers(
    PortalDbContextFactory contexts, IServiceScopeFactory scopes, IValidator<NewMember> validator, TimeProvider clock)
{
    /// <summary>Looks at a link; changes nothing.</summary>
    /// <returns> What to show, or <see cref="InvitationUnknown"/>, <see cref="InvitationUsed"/>, <see cref="InvitationCancelled"/>,
    /// <see cref="InvitationExpired"/>, <see cref="InvitationAddressTaken"/>.
    /// </returns>
    public async Task<Result<InvitationLanding>> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var found = await FindAsync(db, SecretTokens.Hash(token), cancellationToken);
        if (await RefusalAsync(db, found, cancellationToken) is { } refusal) return refusal;
        var (invitation, agencyName) = found!.Value;
        return new InvitationLanding(agencyName, invitation.Email, invitation.InvitedByName, invitation.Role, invitation.ExpiresAt);
    }

    /// <summary>Makes the user. Of two who accept the same invitation at once one is made, and the other reads that it was used.</summary>
    /// <param name="token">From the link.</param>
    /// <param name="input">Who they are.</param>
    /// <param name="address">For the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The address to sign in with, <see cref="InputRefused"/>, <see cref="UserRefused"/>, or a refusal as
    /// <see cref="FindAsync(string, CancellationToken)"/> has it.</returns>
    public async Task<Result<string>> AcceptAsync(string token, NewMember input, string? address, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(token);
        await using var scope = scopes.CreateAsyncScope();
        // Identity's store works on this very context, so that the user, the used invitation and the audit entry are one transaction.
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        if (await RefusalAsync(db, await FindAsync(db, hash, cancellationToken), cancellationToken) is { } dead) return dead;
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var agency = (await FindAsync(db, hash, cancellationToken))?.Invitation.AgencyId;
        if (agency is not null) await UserChanges.HoldAsync(db, agency.Value, cancellationToken);
        db.ChangeTracker.Clear();
        var found = await FindAsync(db, hash, cancellationToken); // as the one before left it
        if (await RefusalAsync(db, found, cancellationToken) is { } refusal) return refusal;
        var (invitation, agencyName) = found!.Value;
        var user = UserOf(invitation, input);
        var taken = new InvitationAddressTaken(invitation.Email, invitation.InvitedByName, agencyName);
        try
        {
            var made = await users.CreateAsync(user, input.Password);
            if (!made.Succeeded)
                return made.Errors.Any(e => e.Code.StartsWith("Duplicate", StringComparison.Ordinal))
                    ? taken
                    : new UserRefused([.. made.Errors.Select(e => e.Description)]);
        }
        catch (DbUpdateException exception) when (WriteConflict.Is(exception))
        {
            return taken; // another agency's invitation to the same address was quicker
        }

        invitation.Accept(clock.GetUtcNow());
        var actor = new Actor(ActorKind.AgencyUser, user.Id, user.DisplayName, address);
        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), invitation.AgencyId, clock.GetUtcNow(), AuditKind.UserJoined, actor, null, null,
                invitation.Email));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return invitation.Email;
    }

    private AgencyUser UserOf(Invitation invitation, NewMember input) => new()
    {
        Id = AgencyUserId.New(clock).Value,
        AgencyId = invitation.AgencyId,
        Role = invitation.Role,
        DisplayName = input.Name.Trim(),
        CreatedAt = clock.GetUtcNow(),
        UserName = invitation.Email,
        Email = invitation.Email,
        EmailConfirmed = true, // the link came by mail
    };

    private static async Task<(Invitation Invitation, string AgencyName)?> FindAsync(
        PortalDbContext db, byte[] hash, CancellationToken cancellationToken)
    {
        var found = await db.Invitations.IgnoreQueryFilters().Where(i => i.TokenHash == hash)
            .Join(db.Agencies, i => i.AgencyId, a => a.Id, (i, a) => new { Invitation = i, a.Name })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Invitation, found.Name);
    }

    private async Task<PortalError?> RefusalAsync(
        PortalDbContext db, (Invitation Invitation, string AgencyName)? found, CancellationToken cancellationToken)
    {
        if (found is not var (invitation, agencyName)) return new InvitationUnknown();
        if (invitation.AcceptedAt is not null) return new InvitationUsed();
        if (invitation.CancelledAt is not null) return new InvitationCancelled(invitation.InvitedByName, agencyName);
        var normalized = AgencyUser.Normalize(invitation.Email);
        var signsInFor = await db.Users.Where(u => u.NormalizedEmail == normalized).Select(u => (AgencyId?)u.AgencyId)
            .SingleOrDefaultAsync(cancellationToken);
        if (signsInFor == invitation.AgencyId) return new InvitationUsed();
        if (signsInFor is not null) return new InvitationAddressTaken(invitation.Email, invitation.InvitedByName, agencyName);
        return invitation.IsOpenAt(clock.GetUtcNow()) ? null : new InvitationExpired(invitation.InvitedByName, agencyName);
    }
}
