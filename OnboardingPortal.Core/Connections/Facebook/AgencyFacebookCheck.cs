using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Connections;

/// <summary>Keeps the agency's own Facebook users usable: asks daily whether Facebook accepts them, and renews what soon ends.</summary>
public sealed class AgencyFacebookCheck(
    PortalDbContextFactory contexts, FacebookClient facebook, FacebookAssets assets, AgencyFacebookService users,
    IEnumerable<IFacebookUserFollower> followers, CredentialProtector protector, RoundItems items, TimeProvider clock)
{
    private const int MaxChecksARound = 50;

    /// <summary>Asks Facebook now, and reads the user's Business Managers anew; a main user only.</summary>
    /// <returns>Null when all is well, otherwise <see cref="NotAllowed"/>, <see cref="ConnectionNotFound"/> or a
    /// <see cref="PlatformFailure"/>; what was found is saved either way.</returns>
    public async Task<PortalError?> CheckAsync(AgencyCaller caller, AgencyFacebookUserId id, CancellationToken cancellationToken) =>
        caller.Role == AgencyRole.MainUser ? await CheckAsync(caller.Agency, id, cancellationToken) : new NotAllowed();

    /// <summary>
    /// One round of the job: checks the users whose day has come, and what clients shared with their businesses. Of several nodes one
    /// checks each.
    /// </summary>
    /// <returns>How many were checked.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.FacebookUserCheck, cancellationToken);
        var resting = round.RestingIds<AgencyFacebookUserId>();
        var rested = round.RestedIds<AgencyFacebookUserId>();
        await using var db = contexts.CreateForSystem();
        var due = await db.FacebookUsers.IgnoreQueryFilters()
            .Where(u => u.NextCheckAt == null || u.NextCheckAt <= now || rested.Contains(u.Id))
            .Where(u => !resting.Contains(u.Id)).Where(u => u.Failure == null && u.Credentials != null).OrderBy(u => u.NextCheckAt)
            .Select(u => new { u.AgencyId, u.Id }).Take(MaxChecksARound).ToListAsync(cancellationToken);
        var done = 0;
        foreach (var user in due)
        {
            var mine = rested.Contains(user.Id) ? 1 : await db.FacebookUsers.IgnoreQueryFilters()
                .Where(u => u.Id == user.Id && (u.NextCheckAt == null || u.NextCheckAt <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.NextCheckAt, now + PlatformConnection.CheckEvery), cancellationToken);
            if (mine == 0) continue;
            var isDone = await round.TryAsync(user.AgencyId, user.Id, async () =>
            {
                var trouble = await CheckAsync(user.AgencyId, user.Id, cancellationToken);
                if (trouble is not null) return;
                foreach (var follower in followers) await follower.FollowAsync(user.AgencyId, user.Id, cancellationToken);
            }, cancellationToken);
            if (isDone) done++;
        }

        return done;
    }

    private async Task<PortalError?> CheckAsync(AgencyId agency, AgencyFacebookUserId id, CancellationToken cancellationToken)
    {
        var asked = await FindAsync(contexts.Create(agency), id, cancellationToken);
        if (asked is null) return new ConnectionNotFound();
        if (asked.Credentials is not { } before) return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.AuthExpired);
        var held = await protector.UnprotectAsync(agency, id.Value, FacebookDefaults.Key, before, cancellationToken);
        var found = await AskAsync(held, asked.ExternalId, cancellationToken);
        var secret = found.Succeeded && found.Value.Renewed is { } renewed
            ? await protector.ProtectAsync(agency, id.Value, FacebookDefaults.Key, renewed, cancellationToken)
            : before;

        await using var db = contexts.Create(agency);
        var user = await db.FacebookUsers.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        if (user is null) return new ConnectionNotFound();
        if (!before.AsSpan().SequenceEqual(user.Credentials)) return null; // signed in anew meanwhile: that is newer than what was asked

        if (!found.Succeeded)
        {
            var failure = ((PlatformFailure)found.Error).Kind;
            if (failure is PlatformFailureKind.AuthExpired or PlatformFailureKind.PermissionDenied)
                await users.NoteFailureAsync(agency, id, failure, cancellationToken);
            return found.Error;
        }

        if (user.Failure is not null)
        {
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(clock), agency, clock.GetUtcNow(), AuditKind.AccountMended, Actor.System, null, FacebookDefaults.Key,
                    user.Name));
        }

        user.Works(secret, found.Value.ExpiresAt, found.Value.BusinessManagers, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    private static async Task<AgencyFacebookUser?> FindAsync(
        PortalDbContext db, AgencyFacebookUserId id, CancellationToken cancellationToken)
    {
        await using (db) return await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
    }

    private async Task<Result<Findings>> AskAsync(PlatformCredentials held, string person, CancellationToken cancellationToken)
    {
        var expiry = await facebook.ValidateAsync(held, person, cancellationToken);
        if (!expiry.Succeeded) return expiry.Error;
        PlatformCredentials? renewed = null;
        if (expiry.Value - clock.GetUtcNow() < FacebookDefaults.RenewAhead)
        {
            // A token that still works is kept when Facebook does not renew it today: there are days left to try.
            var answer = await facebook.RefreshAsync(held, cancellationToken);
            if (answer.Succeeded) renewed = answer.Value;
        }

        var businesses = await assets.ListBusinessManagersAsync((renewed ?? held).Token, cancellationToken);
        return businesses.Succeeded
            ? new Findings(renewed, renewed is null ? expiry.Value : renewed.ExpiresAt, businesses.Value)
            : businesses.Error;
    }

    private sealed record Findings(
        PlatformCredentials? Renewed, DateTimeOffset? ExpiresAt, IReadOnlyList<BusinessManager> BusinessManagers);
}
