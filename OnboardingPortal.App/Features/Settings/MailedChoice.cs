using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>Whom to mail, while a person chooses.</summary>
public sealed class MailedChoice(MailedPeople people, IReadOnlyList<MailedUser> users)
{
    private static readonly char[] Separators = [',', ';', '\n', '\r'];

    public bool Requester { get; set; } = people.Requester;

    public bool MainUsers { get; set; } = people.MainUsers;

    /// <summary>Those chosen before who are gone since drop out.</summary>
    public HashSet<AgencyUserId> Users { get; } = [.. people.Users.Intersect(users.Select(u => u.Id))];

    /// <summary>As typed.</summary>
    public string Addresses { get; set; } = string.Join('\n', people.Addresses);

    public MailedPeople People => new(
        Requester, MainUsers, [.. Users],
        [.. Addresses.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)]);
}
