using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Collaboration;

/// <summary>Whom of the agency to mail, while a person chooses.</summary>
public sealed class MailedChoice
{
    public bool Requester { get; set; }

    public bool MainUsers { get; set; }

    public HashSet<AgencyUserId> Users { get; set; } = [];

    public static MailedChoice Of(MailedPeople people) =>
        new() { Requester = people.Requester, MainUsers = people.MainUsers, Users = [.. people.Users] };

    public void Choose(AgencyUserId user, bool on)
    {
        if (on) Users.Add(user);
        else Users.Remove(user);
    }

    public MailedPeople With(IReadOnlyList<string> addresses) => new(Requester, MainUsers, [.. Users], addresses);
}
