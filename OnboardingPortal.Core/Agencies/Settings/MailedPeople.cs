namespace OnboardingPortal.Core.Agencies;

/// <summary>Who is mailed about something.</summary>
/// <param name="Requester">The user who sent the request concerned; where none is, as with the agency's own accounts, every main
/// user.</param>
/// <param name="MainUsers">Every main user.</param>
/// <param name="Users">Users chosen by hand; those who are gone or disabled get nothing.</param>
/// <param name="Addresses">Further addresses, bare.</param>
public sealed record MailedPeople(bool Requester, bool MainUsers, IReadOnlyList<AgencyUserId> Users, IReadOnlyList<string> Addresses)
{
    /// <summary>The most <see cref="Addresses"/>.</summary>
    public const int MaxAddresses = 20;

    /// <summary>Only the user who sent the request.</summary>
    public static MailedPeople RequesterOnly { get; } = new(true, false, [], []);

    /// <summary>The same with each address as it can be mailed, once.</summary>
    internal MailedPeople Tidy() =>
        this with { Addresses = [.. Addresses.Select(EmailAddress.Tidy).DistinctBy(EmailAddress.KeyOf, StringComparer.OrdinalIgnoreCase)] };

    /// <summary>Whether the two mean the same people; a record compares its lists by reference.</summary>
    internal bool IsLike(MailedPeople other) =>
        (Requester, MainUsers) == (other.Requester, other.MainUsers) && Users.SequenceEqual(other.Users)
            && Addresses.SequenceEqual(other.Addresses);
}
