using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Whom an agency has mailed about its requests and accounts; see <see cref="MailedPeople"/>.</summary>
public sealed class Notices(PortalDbContextFactory contexts)
{
    /// <summary>The users a main user can choose from, by name: those who may sign in. Empty for others.</summary>
    public async Task<IReadOnlyList<MailedUser>> ListUsersAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return [];
        await using var db = contexts.Create(caller.Agency);
        return await db.Users.Where(u => u.AgencyId == caller.Agency && u.DisabledAt == null).OrderBy(u => u.DisplayName).ThenBy(u => u.Id)
            .Select(u => new MailedUser(AgencyUserId.From(u.Id), u.DisplayName, u.Email ?? "")).ToListAsync(cancellationToken);
    }

    /// <summary>Who is mailed now, each address once.</summary>
    /// <param name="agency">The agency whose settings count.</param>
    /// <param name="chosen">Reads the chosen ones from the agency's settings.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <remarks>No request stands behind it, so the main users stand in for the requester.</remarks>
    internal Task<IReadOnlyList<Addressee>> FindAsync(
        AgencyId agency, Func<Agency, MailedPeople> chosen, CancellationToken cancellationToken) =>
        FindAsync(agency, chosen, requester: null, isOfRequest: false, cancellationToken);

    /// <summary>Who is mailed now about a request, each address once.</summary>
    /// <param name="agency">Whose settings.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="requester">Who sent the request; null when it is gone.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    internal Task<IReadOnlyList<Addressee>> FindAsync(
        AgencyId agency, Func<Agency, MailedPeople> chosen, AgencyUserId? requester, CancellationToken cancellationToken) =>
        FindAsync(agency, chosen, requester, isOfRequest: true, cancellationToken);

    private async Task<IReadOnlyList<Addressee>> FindAsync(
        AgencyId agency, Func<Agency, MailedPeople> chosen, AgencyUserId? requester, bool isOfRequest, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var people = chosen(await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == agency, cancellationToken));
        var users = await db.Users.AsNoTracking().Where(u => u.AgencyId == agency && u.DisabledAt == null && u.Email != null)
            .Select(u => new { Id = AgencyUserId.From(u.Id), u.Role, u.Email, u.Language }).ToListAsync(cancellationToken);
        var toMainUsers = people.MainUsers || (people.Requester && !isOfRequest);
        return
        [
            .. users.Where(
                u => (people.Requester && u.Id == requester) || (toMainUsers && u.Role == AgencyRole.MainUser)
                    || people.Users.Contains(u.Id))
                .Select(u => new Addressee(u.Email!, u.Language))
                .Concat(people.Addresses.Select(a => new Addressee(a, null))).DistinctBy(a => a.Email, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The main users who may sign in, for what concerns all of them.</summary>
    internal static async Task<IReadOnlyList<Addressee>> ListMainUsersAsync(
        PortalDbContext db, AgencyId agency, CancellationToken cancellationToken)
    {
        var users = await db.Users.AsNoTracking()
            .Where(u => u.AgencyId == agency && u.Role == AgencyRole.MainUser && u.DisabledAt == null && u.Email != null)
            .OrderBy(u => u.Id).Select(u => new { u.Email, u.Language }).ToListAsync(cancellationToken);
        return [.. users.Select(u => new Addressee(u.Email!, u.Language))];
    }
}

/// <summary>A user who can be chosen to be mailed.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The display name.</param>
/// <param name="Email">Where mails go.</param>
public sealed record MailedUser(AgencyUserId Id, string Name, string Email);

/// <summary>An address and the language to write to it in; null = the agency's.</summary>
internal sealed record Addressee(string Email, string? Language);
