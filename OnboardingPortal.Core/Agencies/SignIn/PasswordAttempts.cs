using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Slows down those who guess passwords, and nobody else: attempts are counted by user and place. A stranger's guesses stop neither the
/// user's sessions and what runs for them, nor the browsers they signed in with before, nor passkeys, which cannot be guessed.
/// </summary>
public sealed class PasswordAttempts(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>How many attempts of a place are read at once; each one after them waits for a pause.</summary>
    public const int Free = 10;

    /// <summary>
    /// How many attempts an hour of all unknown browsers together are read at once; then it is one a minute, from however many networks
    /// they come.
    /// </summary>
    public const int FreeOfAll = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseOfAll = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Counts an attempt before the password is read, so that of many at once no more are read than may be.</summary>
    /// <returns>False when the place has to wait: then the password must not be read.</returns>
    public async Task<bool> MayTryAsync(AgencyUserId user, SignInPlace place, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = contexts.CreateForSystem();
            var now = clock.GetUtcNow();
            var seen = await Of(db, user, place).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            // The newest may be younger than this one, which began before it was written: that alone is no pause.
            if (seen is not null && PauseAfter(seen.Count) is { Ticks: > 0 } pause && now < seen.At + pause) return false;
            if (place.IsUnknown && await HaveAllToWaitAsync(db, user, now, cancellationToken)) return false;
            if (seen is null
                ? await BeginAsync(db, user, place, now, cancellationToken)
                : await CountAsync(db, seen, now, cancellationToken)) return true;
            // Another attempt of the same place came between: this one comes after it.
        }
    }

    /// <summary>Lets a secret be tried in an open session.</summary>
    /// <returns>Null when it is right, <see cref="TooManyAttempts"/>, or <paramref name="wrong"/>.</returns>
    internal async Task<PortalError?> RefuseAsync(AgencyUser user, Func<AgencyUser, Task<bool>> check, PortalError wrong)
    {
        if (!await MayTryAsync(user.UserId, SignInPlace.OpenSession, CancellationToken.None)) return new TooManyAttempts();
        if (!await check(user)) return wrong;
        await ForgetAsync(user.UserId, SignInPlace.OpenSession, CancellationToken.None);
        return null;
    }

    /// <summary>The password was right there: the place begins anew.</summary>
    public async Task ForgetAsync(AgencyUserId user, SignInPlace place, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        await Of(db, user, place).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The user has a new password: every place begins anew.</summary>
    internal static Task ForgetAllAsync(PortalDbContext db, AgencyUserId user, CancellationToken cancellationToken) =>
        db.PasswordAttempts.Where(a => a.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);

    private static IQueryable<PasswordAttempt> Of(PortalDbContext db, AgencyUserId user, SignInPlace place) =>
        db.PasswordAttempts.Where(a => a.UserId == user.Value && a.Place == place.Name);

    private static TimeSpan PauseAfter(int count) =>
        count < Free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(count - Free, 10)));

    private static async Task<bool> HaveAllToWaitAsync(
        PortalDbContext db, AgencyUserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = now - TimeSpan.FromHours(1);
        var lately = db.PasswordAttempts.Where(a => a.UserId == user.Value && a.Place.StartsWith(SignInPlace.Network) && a.At > hour);
        return await lately.SumAsync(a => a.Count, cancellationToken) >= FreeOfAll
            && now < await lately.MaxAsync(a => a.At, cancellationToken) + PauseOfAll;
    }

    private static async Task<bool> BeginAsync(
        PortalDbContext db, AgencyUserId user, SignInPlace place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - KeptFor;
        await db.PasswordAttempts.Where(a => a.UserId == user.Value && a.At < before).ExecuteDeleteAsync(cancellationToken);
        db.PasswordAttempts.Add(new PasswordAttempt(user, place, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (db.PasswordAttempts.AsNoTracking().Any(a => a.UserId == user.Value && a.Place == place.Name))
        {
            return false; // another one was quicker
        }
    }

    private static async Task<bool> CountAsync(
        PortalDbContext db, PasswordAttempt seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var user = seen.UserId;
        var place = seen.Place;
        var before = seen.Count;
        var at = seen.At;
        var count = now - at > KeptFor ? 1 : before + 1;
        return await db.PasswordAttempts.Where(a => a.UserId == user && a.Place == place && a.Count == before && a.At == at)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, count).SetProperty(a => a.At, now), cancellationToken) == 1;
    }
}
