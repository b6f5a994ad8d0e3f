using System.Globalization;

namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>
/// Everybody in an account at a stand-in platform, as many as somebody asks for: a contact follows from the account's seed and its own
/// number, so that nothing is kept. Three in a hundred have opted out, one in a hundred is there under another number already, two in a
/// hundred have a bad cell.
/// </summary>
public static class SandboxContacts
{
    private const int Home = 400;
    private const int Doubled = 10;
    private const int Bad = 20;
    private const int AlwaysOut = 9; // so that the smallest list has one, too
    private static readonly string[] Words = ["anna", "post", "hello", "k.m", "info-desk", "j_o", "me+news", "o'neil", "mail"];
    private static readonly string[] Domains = ["example.com", "example.org", "example.net"];
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Lately = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The seed of an account, from anything that names it.</summary>
    public static ulong SeedOf(string account)
    {
        var seed = 14695981039346656037; // FNV-1a: string.GetHashCode differs at every start
        foreach (var character in account) seed = (seed ^ character) * 1099511628211;
        return seed;
    }

    /// <summary>A contact.</summary>
    /// <param name="seed">The account's.</param>
    /// <param name="number">From 1.</param>
    /// <param name="isLater">Whether it is asked for after one in a hundred changed; see <see cref="SandboxContactList"/>.</param>
    public static SandboxContact Of(ulong seed, int number, bool isLater)
    {
        var dice = new ContactDice(seed, number);
        var who = dice.Hits(Doubled) && number > 1 ? number - 1 - dice.Next(Math.Min(number - 1, 200)) : number;
        var isChanged = isLater && ContactChanges.Changes(number);
        var contact = Person(seed, who) with
        {
            Number = number,
            Address = AddressOf(seed, number),
            Status = StateOf(seed, number, isLater),
            ChangedAt = isLater && (isChanged || ContactChanges.OptsOut(number)) ? Lately.AddSeconds(number) : Beginning.AddSeconds(number),
        };
        if (isChanged) contact = contact with { Phone = new ContactDice(~seed, number).Digits("+49 40 #######"), City = "Hamburg" };
        return dice.Hits(Bad) ? Spoilt(contact, dice.Next(8)) : contact;
    }

    /// <summary>Whether a contact may be written to, without making it.</summary>
    public static ContactState StateOf(ulong seed, int number, bool isLater)
    {
        if (number == AlwaysOut || (isLater && ContactChanges.OptsOut(number))) return ContactState.OptedOut;
        return new ContactDice(seed ^ 0x2545F491, number).Next(1000) switch
        {
            < 30 => ContactState.OptedOut,
            < 40 => ContactState.Bounced,
            < 45 => ContactState.Unconfirmed,
            _ => ContactState.Active,
        };
    }

    private static SandboxContact Person(ulong seed, int number)
    {
        var dice = new ContactDice(~seed, number);
        var region = dice.Hits(Home) ? ContactRegion.Home : dice.Of(ContactRegion.Others);
        var isWoman = dice.Next(2) == 0;
        var town = dice.Of(region.Towns);
        return new SandboxContact(
            number, dice.Of(isWoman ? region.Women : region.Men), dice.Of(region.LastNames), "", AddressOf(seed, number),
            dice.Hits(150) ? "" : dice.Digits(dice.Of(region.Phones)),
            string.Format(CultureInfo.InvariantCulture, dice.Of(region.Streets), 1 + dice.Next(200)),
            dice.Hits(100) ? "2. OG" : "", town.City, town.State, dice.Digits(town.PostalCode), dice.Of(region.Countries),
            dice.Hits(400) ? new DateOnly(1940 + dice.Next(66), 1 + dice.Next(12), 1 + dice.Next(28)) : null,
            dice.Next(4) switch { 0 => isWoman ? "female" : "male", 1 => isWoman ? "F" : "M", _ => "" },
            ContactState.Active, Beginning);
    }

    private static string AddressOf(ulong seed, int number)
    {
        var dice = new ContactDice(seed ^ 0x5DEECE66D, number);
        return string.Create(CultureInfo.InvariantCulture, $"{dice.Of(Words)}.{number}.{seed & 0xFFFF:x}@{dice.Of(Domains)}");
    }

    private static SandboxContact Spoilt(SandboxContact contact, int way) => way switch
    {
        0 => contact with { Phone = "#N/A", City = "#N/A" },
        1 => contact with { Email = "" },
        2 => contact with { Phone = "please ask" },
        3 => contact with { Email = contact.Email.Replace("@", " at ", StringComparison.Ordinal) },
        4 => contact with { Email = $" {contact.Email}  ", FirstName = $"{contact.FirstName} ", City = $"{contact.City}\u00A0" },
        5 => contact with { Email = contact.Email.ToUpperInvariant(), LastName = contact.LastName.ToUpperInvariant() },
        6 => contact with { PostalCode = "-", Country = "Atlantis" },
        _ => contact with { FirstName = "", LastName = "", Phone = "" },
    };
}
