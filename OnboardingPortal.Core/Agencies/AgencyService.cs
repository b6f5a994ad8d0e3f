using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>The agency itself, its settings and its users.</summary>
public sealed class AgencyService(
    PortalDbContextFactory contexts, IServiceScopeFactory scopes, IValidator<CollaborationSettings> settingsValidator,
    IValidator<NewAgency> agencyValidator,
    TimeProvider clock)
{
    /// <summary>
    /// Finds the caller of a signed-in session. Read from the database each time, so that a role taken away is gone at once. Wrong
    /// passwords do not matter: they slow down who signs in, not who has.
    /// </summary>
    /// <returns>The caller, or null when the user is gone or disabled.</returns>
    public async Task<AgencyCaller?> FindCallerAsync(AgencyUserId user, string? address, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var found = await db.Users.AsNoTracking().Where(u => u.Id == user.Value)
            .Join(db.Agencies, u => u.AgencyId, a => a.Id, (u, a) => new { User = u, a.Visibility })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null || found.User.DisabledAt is not null
            ? null
            : new AgencyCaller(
                found.User.AgencyId, user, found.User.Role, found.User.DisplayName, found.User.Email ?? "",
                address)
            { Visibility = found.Visibility };
    }

    /// <summary>The agency of a caller.</summary>
    public async Task<Agency> GetAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == agency, cancellationToken);
    }

    /// <summary>Replaces the collaboration settings.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="InputRefused"/> or <see cref="MailedUserUnknown"/>; a refusal changes
    /// nothing.</returns>
    public async Task<PortalError?> ChangeSettingsAsync(
        AgencyCaller caller, CollaborationSettings settings, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var validation = await settingsValidator.ValidateAsync(settings, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        await using var db = contexts.Create(caller.Agency);
        var mailed = settings.MailedOnCompletion.Users.Union(settings.MailedOnLostAccess.Users).Select(u => u.Value).ToList();
        if (await db.Users.CountAsync(u => u.AgencyId == caller.Agency && mailed.Contains(u.Id), cancellationToken) < mailed.Count)
            return new MailedUserUnknown();
        var agency = await db.Agencies.SingleAsync(a => a.Id == caller.Agency, cancellationToken);
        var before = agency.Settings;
        agency.Change(
            settings with
            {
                MailedOnCompletion = settings.MailedOnCompletion.Tidy(),
                MailedOnLostAccess = settings.MailedOnLostAccess.Tidy()
            });
        var changed = string.Join(", ", agency.Settings.DifferencesFrom(before));
        if (changed.Length == 0) return null;
        Record(db, caller.Agency, AuditKind.SettingsChanged, caller.Actor, changed);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Whether nobody can sign in yet: the portal was just installed.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return !await db.Users.AnyAsync(cancellationToken);
    }

    /// <summary>Makes agencies with their users: all of that, or nothing of it.</summary>
    /// <param name="inputs">What to make; at least one.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The first agency's main user, <see cref="InputRefused"/> or <see cref="UserRefused"/>; a refusal makes nothing.</returns>
    public async Task<Result<AgencyCaller>> CreateAsync(IReadOnlyList<NewAgency> inputs, CancellationToken cancellationToken)
    {
        foreach (var input in inputs)
        {
            var validation = await agencyValidator.ValidateAsync(input, cancellationToken);
            if (!validation.IsValid) return InputRefused.From(validation);
        }

        await using var scope = scopes.CreateAsyncScope();
        // Identity's store works on this very context, so that agencies and users are one transaction.
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        List<AgencyCaller> owners = [];
        foreach (var input in inputs)
        {
            var owner = await CreateAsync(db, users, input, cancellationToken);
            if (!owner.Succeeded) return owner.Error;
            owners.Add(owner.Value);
        }

        await transaction.CommitAsync(cancellationToken);
        return owners[0];
    }

    private async Task<Result<AgencyCaller>> CreateAsync(
        PortalDbContext db, UserManager<AgencyUser> users, NewAgency input, CancellationToken cancellationToken)
    {
        var agency = new Agency(
            AgencyId.New(clock), input.AgencyName.Trim(), input.DefaultMessage, clock.GetUtcNow(), input.GermanDefaultMessage);
        db.Agencies.Add(agency);
        Record(db, agency.Id, AuditKind.AgencyCreated, Actor.System);
        await db.SaveChangesAsync(cancellationToken);
        var owner = await AddUserAsync(agency.Id, AgencyRole.MainUser, input.UserName, input.Email, input.Password, users);
        if (!owner.Succeeded) return owner;
        await db.Agencies.Where(a => a.Id == agency.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.OwnerId, owner.Value.User), cancellationToken);
        foreach (var more in input.SubUsers)
        {
            var added = await AddUserAsync(agency.Id, AgencyRole.SubUser, more.Name, more.Email, more.Password, users);
            if (!added.Succeeded) return added.Error;
        }

        return owner;
    }

    /// <summary>Adds a user to an agency.</summary>
    /// <returns>The user as a caller, or <see cref="UserRefused"/>.</returns>
    public async Task<Result<AgencyCaller>> AddUserAsync(
        AgencyId agency, AgencyRole role, string name, string email, string password, UserManager<AgencyUser> users)
    {
        var user = new AgencyUser
        {
            Id = AgencyUserId.New(clock).Value,
            AgencyId = agency,
            Role = role,
            DisplayName = name.Trim(),
            CreatedAt = clock.GetUtcNow(),
            UserName = EmailAddress.Tidy(email),
            Email = EmailAddress.Tidy(email),
            EmailConfirmed = true,
        };
        var result = await users.CreateAsync(user, password);
        return result.Succeeded
            ? new AgencyCaller(agency, user.UserId, role, user.DisplayName, user.Email, null)
            : new UserRefused([.. result.Errors.Select(e => e.Description)]);
    }

    /// <summary>Notes a sign-in, a refused one, or a sign-out.</summary>
    public async Task RecordSignInAsync(AgencyUser user, AuditKind kind, string? address, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(user.AgencyId);
        Record(db, user.AgencyId, kind, new Actor(ActorKind.AgencyUser, user.Id, user.DisplayName, address));
        await db.SaveChangesAsync(cancellationToken);
    }

    private void Record(PortalDbContext db, AgencyId agency, AuditKind kind, Actor actor, string? detail = null) =>
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), agency, clock.GetUtcNow(), kind, actor, null, null, detail));
}
