using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// What passes from one user of an agency to another: requests, the agency itself, and everything when somebody is removed. For main users
/// only.
/// </summary>
public sealed class UserHandover(UserChanges changes, RequestFeed feed)
{
    /// <summary>How many of the moved requests open pages hear of at once; they show the others when they are read again.</summary>
    private const int MaxAnnounced = 100;

    /// <summary>Removes a user: they cannot sign in any more, their requests stay and belong to somebody else.</summary>
    /// <param name="caller">Who removes.</param>
    /// <param name="user">Whom.</param>
    /// <param name="heir">Who gets their requests; null = the caller.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> How many requests moved, or <see cref="NotAllowed"/>, <see cref="OwnUserRefused"/>, <see cref="UserNotFound"/>,
    /// <see cref="OwnerProtected"/>, <see cref="HeirRefused"/>.
    /// </returns>
    public Task<Result<int>> RemoveAsync(AgencyCaller caller, AgencyUserId user, AgencyUserId? heir, CancellationToken cancellationToken) =>
        changes.ApplyAsync<int>(caller, async change =>
        {
            var other = await change.FindOtherAsync(user, cancellationToken);
            if (!other.Succeeded) return other.Error;
            if (await FindHeirAsync(change, user, heir ?? caller.User, cancellationToken) is not { } to) return new HeirRefused();

            var moved = await MoveRequestsAsync(change, other.Value, to, cancellationToken);
            var agency = await change.AgencyAsync(cancellationToken);
            agency.Change(agency.Settings with
            {
                MailedOnCompletion = Without(user, agency.MailedOnCompletion),
                MailedOnLostAccess = Without(user, agency.MailedOnLostAccess),
            });
            await change.SignOutAsync(user, cancellationToken);
            // where they were is nobody's business any more
            await change.Db.UserSessions.Where(s => s.UserId == user).ExecuteDeleteAsync(cancellationToken);
            await change.Row(user).ExecuteDeleteAsync(cancellationToken); // takes passkeys, tokens and recovery codes along
            change.Record(AuditKind.UserRemoved, other.Value.DisplayName);
            return moved;
        }, cancellationToken);

    /// <summary>
    /// Makes another user the requester of all of a user's requests: they see them, are mailed about them, and clients read their name.
    /// </summary>
    /// <returns>How many requests moved, or <see cref="NotAllowed"/>, <see cref="UserNotFound"/>, <see cref="HeirRefused"/>.</returns>
    public Task<Result<int>> HandRequestsOverAsync(
        AgencyCaller caller, AgencyUserId from, AgencyUserId to, CancellationToken cancellationToken) =>
        changes.ApplyAsync<int>(caller, async change =>
        {
            if (await change.FindAsync(from, cancellationToken) is not { } user) return new UserNotFound();
            if (await FindHeirAsync(change, from, to, cancellationToken) is not { } heir) return new HeirRefused();
            return await MoveRequestsAsync(change, user, heir, cancellationToken);
        }, cancellationToken);

    /// <summary>Makes another main user the owner. Only the owner can, or any main user of an agency that has none.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="UserNotFound"/>, <see cref="OwnershipRefused"/> or
    /// <see cref="NewOwnerRefused"/>.</returns>
    public async Task<PortalError?> HandOwnershipOverAsync(AgencyCaller caller, AgencyUserId to, CancellationToken cancellationToken)
    {
        var result = await changes.ApplyAsync<bool>(caller, async change =>
        {
            var agency = await change.AgencyAsync(cancellationToken);
            if (agency.OwnerId is { } owner && owner != caller.User)
            {
                return new OwnershipRefused((await change.FindAsync(owner, cancellationToken))?.DisplayName ?? "");
            }

            if (await change.FindAsync(to, cancellationToken) is not { } user) return new UserNotFound();
            if (user.Role != AgencyRole.MainUser || user.DisabledAt is not null) return new NewOwnerRefused();
            if (agency.OwnerId == to) return true;
            agency.HandOver(to);
            change.Record(AuditKind.OwnershipHandedOver, user.DisplayName);
            return true;
        }, cancellationToken);
        return result.Error;
    }

    private static async Task<AgencyUser?> FindHeirAsync(
        UserChange change, AgencyUserId from, AgencyUserId to, CancellationToken cancellationToken) =>
        from != to && await change.FindAsync(to, cancellationToken) is { DisabledAt: null } heir ? heir : null;

    /// <summary>
    /// Clients read the new requester's name from now on: whom they answer must be there. Who saved the request stays in the audit
    /// trail.
    /// </summary>
    private async Task<int> MoveRequestsAsync(UserChange change, AgencyUser from, AgencyUser to, CancellationToken cancellationToken)
    {
        var fromId = from.UserId;
        var toId = to.UserId;
        var toName = to.DisplayName;
        var theirs = change.Db.Requests.Where(r => r.RequesterId == fromId && r.Status != RequestStatus.Deleted);
        var told = await theirs.OrderByDescending(r => r.Id).Select(r => r.Id).Take(MaxAnnounced).ToListAsync(cancellationToken);
        var moved = await theirs.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.RequesterId, toId).SetProperty(r => r.RequesterName, toName)
                .SetProperty(r => r.Version, r => r.Version + 1), cancellationToken);
        if (moved == 0) return 0;
        change.Record(AuditKind.RequestsHandedOver, $"{from.DisplayName} → {toName}");
        foreach (var request in told) await change.Db.AnnounceAsync(change.Caller.Agency, request, cancellationToken);
        change.Db.AfterCommit += () => told.ForEach(request => feed.Publish(change.Caller.Agency, request));
        return moved;
    }

    private static MailedPeople Without(AgencyUserId user, MailedPeople people) =>
        people.Users.Contains(user) ? people with { Users = [.. people.Users.Where(u => u != user)] } : people;
}
