using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>A test of an agency's users, with Identity as the host has it.</summary>
public abstract class UserTest(DatabaseProvider database) : PortalTest(database)
{
    protected UserService Users => Portal.Get<UserService>();

    protected UserHandover Handover => Portal.Get<UserHandover>();

    protected InvitationService Invitations => Portal.Get<InvitationService>();

    protected InvitationAnswers Answers => Portal.Get<InvitationAnswers>();

    protected UserSessions Sessions => Portal.Get<UserSessions>();

    protected override void Register(IServiceCollection services) => services.AddPortalIdentity();

    protected Task<AgencyCaller?> FindAsync(AgencyCaller user) => Portal.Get<AgencyService>().FindCallerAsync(user.User, null, Cancel);

    /// <summary>The user as Identity knows them; null when there is none.</summary>
    protected async Task<AgencyUser?> UserAsync(string email)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Email == email, Cancel);
    }

    protected async Task<UserSessionId> StartSessionAsync(AgencyCaller user) =>
        await Sessions.StartAsync((await UserAsync(user.Email))!, "192.0.2.10", "Browser", Cancel);

    protected async Task AddPasskeyAsync(AgencyCaller user)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        db.UserPasskeys.Add(new IdentityUserPasskey<long>
        {
            UserId = user.User.Value,
            CredentialId = Guid.NewGuid().ToByteArray(),
            Data = new IdentityPasskeyData { PublicKey = [1], AttestationObject = [1], ClientDataJson = [1], CreatedAt = Clock.Now },
        });
        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>What the agency's audit trail says, oldest first.</summary>
    protected async Task<IReadOnlyList<(AuditKind Kind, string? Detail)>> Noted()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var events = await db.AuditEvents.AsNoTracking().Where(e => e.RequestId == null).OrderBy(e => e.Id).ToListAsync(Cancel);
        return [.. events.Select(e => (e.Kind, e.Detail))];
    }
}
