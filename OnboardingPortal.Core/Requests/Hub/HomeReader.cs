using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Reads the first page: what <see cref="HubReader"/> says, the newest requests, and until the first one is completed what leads there.
/// </summary>
public sealed class HomeReader(
    PortalDbContextFactory contexts, HubReader hub, RequestTable table, PlatformCatalog platforms, GivenUpMails mails, RoundItems rounds,
    TimeProvider clock)
{
    /// <summary>The most requests that are shown.</summary>
    public const int MaxLatest = 6;

    /// <summary>The first page as of now or a little later, never earlier.</summary>
    public async Task<HomeView> ReadAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        var view = await hub.ReadAsync(caller.Scope, cancellationToken);
        var latest = await table.ListAsync(caller.Scope, new RequestQuery(Size: MaxLatest), cancellationToken);
        await using var db = contexts.Create(caller.Agency);
        var accounts = new HomeAccounts(
            await db.FacebookUsers.CountAsync(cancellationToken),
            await db.FacebookUsers.CountAsync(u => u.Failure != null, cancellationToken));
        var steps = view.Numbers.Connected > 0 ? [] : await StepsAsync(db, caller, accounts, view.Numbers, cancellationToken);
        return new HomeView(
            view, latest.Rows, accounts, steps, await mails.FindTroubleAsync(caller, cancellationToken),
            await rounds.ListAsync(caller, cancellationToken));
    }

    private async Task<IReadOnlyList<HomeStep>> StepsAsync(
        PortalDbContext db, AgencyCaller caller, HomeAccounts accounts, HubNumbers numbers, CancellationToken cancellationToken)
    {
        var sent = numbers.Pending + numbers.Expired;
        var request = new HomeStep(HomeStepKind.Request, sent > 0, sent);
        var me = caller.User.Value;
        var now = clock.GetUtcNow();
        if (caller.Role != AgencyRole.MainUser)
        {
            var secured = await db.Users.AnyAsync(
                u => u.Id == me && (u.TwoFactorEnabled || db.UserPasskeys.Any(p => p.UserId == me)), cancellationToken);
            return [new HomeStep(HomeStepKind.SecondFactor, secured), request];
        }

        // One by one: what a projection asks beside its row, EF Core reads first and holds the thread meanwhile.
        var isBranded = await db.Brandings.AnyAsync(b => b.IsOn, cancellationToken);
        var colleagues = await db.Users.CountAsync(u => u.AgencyId == caller.Agency && u.Id != me, cancellationToken)
            + await db.Invitations.CountAsync(i => i.AcceptedAt == null && i.CancelledAt == null && i.ExpiresAt > now, cancellationToken);
        var available = platforms.All.Count(p => p.IsConfigured);
        var all = platforms.All.Count;
        return
        [
            new HomeStep(HomeStepKind.FacebookUser, accounts.FacebookUsers > accounts.SignInAgain, accounts.FacebookUsers),
            new HomeStep(HomeStepKind.Platforms, available > 0, available, all),
            new HomeStep(HomeStepKind.Brand, isBranded),
            new HomeStep(HomeStepKind.Colleague, colleagues > 0, colleagues),
            request,
        ];
    }
}
