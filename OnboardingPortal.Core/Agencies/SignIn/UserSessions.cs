using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Who is signed in where. An ended session signs nobody in any more, and its circuits are ended: see <see cref="SessionFeed"/>.
/// </summary>
public sealed class UserSessions(PortalDbContextFactory contexts, SessionFeed feed, TimeProvider clock)
{
    /// <summary>How often the use of a session is noted.</summary>
    public static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(5);

    /// <summary>How long a session lives without being used.</summary>
    public static readonly TimeSpan IdleLife = TimeSpan.FromHours(12);

    /// <summary>How long a session lives at most, however much it is used: a stolen one comes to an end, too.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>Begins a session: somebody signed in.</summary>
    /// <param name="user">The user.</param>
    /// <param name="address">From where; null when unknown.</param>
    /// <param name="browser">The browser's <c>User-Agent</c>; hostile text, may be null.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<UserSessionId> StartAsync(AgencyUser user, string? address, string? browser, CancellationToken cancellationToken)
    {
        var session = new UserSession(UserSessionId.New(clock), user.AgencyId, user.UserId, address, browser, clock.GetUtcNow());
        await using var db = contexts.Create(user.AgencyId);
        var forgotten = clock.GetUtcNow() - KeptFor;
        await db.UserSessions.Where(s => s.UserId == user.UserId && s.SeenAt < forgotten).ExecuteDeleteAsync(cancellationToken);
        db.UserSessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>Whether the session is alive and its user's, and notes its use.</summary>
    public async Task<bool> IsAliveAsync(UserSessionId id, AgencyUserId user, string? address, CancellationToken cancellationToken) =>
        await FindAsync(id, user, address, cancellationToken) is not null;

    /// <summary>
    /// Reads a session with its user, in one read and anew each time, and notes its use. A user locked out by wrong passwords keeps the
    /// sessions they have: nobody can throw them out by guessing.
    /// </summary>
    /// <returns>Null when the session has ended, was not used for <see cref="IdleLife"/>, began <see cref="LongestLife"/> ago or is
    /// somebody else's, or when its user is gone or disabled.</returns>
    public async Task<LiveSession?> FindAsync(UserSessionId id, AgencyUserId user, string? address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        var alive = db.UserSessions.IgnoreQueryFilters().Where(s => s.Id == id && s.UserId == user && s.EndedAt == null);
        var found = await (
            from session in alive
            from person in db.Users
            from agency in db.Agencies
            where person.Id == user.Value && person.DisabledAt == null && agency.Id == session.AgencyId
            select new
            {
                session.SeenAt,
                session.StartedAt,
                session.ProvedAt,
                session.AgencyId,
                person.Role,
                person.DisplayName,
                person.Email,
                person.SecurityStamp,
                person.Language,
                person.TimeZone,
                agency.Visibility,
                agency.RequiresTwoFactor,
                HasSecondFactor = person.TwoFactorEnabled || db.UserPasskeys.Any(p => p.UserId == person.Id),
            }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || now - found.SeenAt > IdleLife || now - found.StartedAt > LongestLife) return null;
        if (now - found.SeenAt >= NoteEvery)
            await alive.ExecuteUpdateAsync(
                set => set.SetProperty(s => s.SeenAt, now).SetProperty(s => s.Address, address), cancellationToken);
        var caller = new AgencyCaller(found.AgencyId, user, found.Role, found.DisplayName, found.Email ?? "", address)
        {
            Visibility = found.Visibility,
            ProvedAt = found.ProvedAt,
        };
        return new LiveSession(
            id, caller, found.SecurityStamp, found.RequiresTwoFactor, found.HasSecondFactor, found.Language, found.TimeZone);
    }

    /// <summary>Which sessions of a user are alive; none when the user is gone or disabled.</summary>
    public async Task<IReadOnlyCollection<UserSessionId>> ListAliveAsync(AgencyUserId user, CancellationToken cancellationToken)
    {
        var forgotten = clock.GetUtcNow() - IdleLife;
        var tooOld = clock.GetUtcNow() - LongestLife;
        await using var db = contexts.CreateForSystem();
        return await db.UserSessions.IgnoreQueryFilters()
            .Where(s => s.UserId == user && s.EndedAt == null && s.SeenAt >= forgotten && s.StartedAt >= tooOld
                && db.Users.Any(u => u.Id == user.Value && u.DisabledAt == null))
            .Select(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The caller's own living sessions, the newest first.</summary>
    public async Task<IReadOnlyList<UserSession>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        var forgotten = clock.GetUtcNow() - IdleLife;
        var tooOld = clock.GetUtcNow() - LongestLife;
        await using var db = contexts.Create(caller.Agency);
        return await db.UserSessions.AsNoTracking()
            .Where(s => s.UserId == caller.User && s.EndedAt == null && s.SeenAt >= forgotten && s.StartedAt >= tooOld)
            .OrderByDescending(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Ends the caller's sessions and notes it.</summary>
    /// <param name="caller">The user whose sessions end.</param>
    /// <param name="only">Only this one; null = all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>How many ended.</returns>
    public async Task<int> EndOwnAsync(AgencyCaller caller, UserSessionId? only, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await EndAsync(db, caller.User, only, except: null, cancellationToken);
        if (ended > 0)
            db.AuditEvents.Add(
                new AuditEvent(
                    AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), AuditKind.SessionsEnded, caller.Actor, null, null, null));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(caller.User);
        return ended;
    }

    /// <summary>Ends one session of the caller because they sign out of it, which is noted elsewhere.</summary>
    public async Task EndAsync(AgencyCaller caller, UserSessionId session, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await EndAsync(db, caller.User, session, except: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(caller.User);
    }

    /// <summary>
    /// Ends a user's sessions because of something else that is noted already: disabled, removed, another role, a new password.
    /// </summary>
    /// <param name="agency">The user's agency.</param>
    /// <param name="user">The user.</param>
    /// <param name="except">A session that goes on, as the one that changes its own password; null = none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task EndAllAsync(AgencyId agency, AgencyUserId user, UserSessionId? except, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await EndAsync(db, user, only: null, except, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(user);
    }

    private async Task<int> EndAsync(
        PortalDbContext db, AgencyUserId user, UserSessionId? only, UserSessionId? except, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = await db.UserSessions.Where(
            s => s.UserId == user && s.EndedAt == null && (only == null || s.Id == only) && (except == null || s.Id != except))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancellationToken);
        await SessionFeed.AnnounceAsync(db, user, cancellationToken);
        return ended;
    }
}
