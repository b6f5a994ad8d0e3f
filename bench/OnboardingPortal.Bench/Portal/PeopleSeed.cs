using System.Globalization;
using System.Text;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Bench.Portal;

/// <summary>People of a list as lists have them: made-up names in several scripts, numbers written in several ways.</summary>
internal sealed class PeopleSeed(Random random)
{
    private static readonly string[] Latin = ["An", "na", "Mar", "co", "lu", "is", "ber", "ta", "mül", "ler", "schmidt", "jö", "rn", "son"];

    private static readonly string[][] OtherScripts =
    [
        ["Вла", "ди", "мир", "ова", "нев", "ко"], ["Γιάν", "να", "παπα", "δο", "πού", "λη"], ["王", "小", "明", "李", "芳"],
        ["محم", "دي", "حسن", "علي"], ["김", "민", "서", "준"],
    ];

    private static readonly (string Raw, string Sent)[] Cities =
    [
        ("Berlin", "berlin"), ("München", "munchen"), ("St. Gallen", "stgallen"), ("New York", "newyork"), ("Łódź", "lodz"),
        ("Wien", "wien"), ("Frankfurt am Main", "frankfurtammain"), ("San José", "sanjose"), ("Köln", "koln"), ("Hamburg", "hamburg"),
    ];

    private static readonly (string Raw, string Sent)[] Countries =
        [("Deutschland", "de"), ("DE", "de"), ("Austria", "at"), ("United States", "us"), ("UK", "gb"), ("Schweiz", "ch"), ("日本", "jp")];

    private static readonly string[] Hosts = ["example.com", "example.org", "mail.example.net", "Example.DE"];

    public static IReadOnlyList<MatchKey> Keys { get; } =
    [
        MatchKey.Email, MatchKey.Phone, MatchKey.FirstName, MatchKey.LastName, MatchKey.City, MatchKey.PostalCode, MatchKey.Country,
    ];

    public Person Next()
    {
        (string Raw, string Sent)[] cells = [Email(), Phone(), Name(), Name(), Any(Cities), PostalCode(), Any(Countries)];
        return new([.. cells.Select(cell => cell.Raw)], [.. cells.Select(cell => Encoding.UTF8.GetBytes(cell.Sent))]);
    }

    private (string, string) Email()
    {
        var address = $"{Any(Latin[..4])}.{Any(Latin[..8])}{Digits(4)}@{Any(Hosts)}";
        return (random.Next(10) == 0 ? $" {address}" : address, address.ToLowerInvariant());
    }

    private (string, string) Phone()
    {
        var (subscriber, area) = (Digits(4), $"5{Digits(2)}");
        return random.Next(10) switch
        {
            < 4 => ($"+49 170 123{subscriber}", $"49170123{subscriber}"),
            < 7 => ($"0171/123 {subscriber}", $"49171123{subscriber}"),
            7 => ($"+49 (0)30 123{subscriber}", $"4930123{subscriber}"),
            8 => ($"+1 ({area}) 987-{subscriber}", $"1{area}987{subscriber}"),
            _ => ($"0041 44 668 {subscriber}", $"4144668{subscriber}"),
        };
    }

    private (string, string) Name()
    {
        var syllables = random.Next(7) == 0 ? Any(OtherScripts) : Latin;
        var name = string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => Any(syllables)));
        var raw = random.Next(8) == 0 ? $"{name}-{name}" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name);
        return (raw, raw.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
    }

    private (string, string) PostalCode()
    {
        var digits = Digits(5);
        return random.Next(20) == 0 ? ($"SW1A {digits[0]}AA", $"sw1a{digits[0]}") : (digits, digits);
    }

    private string Digits(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(10)));

    private T Any<T>(T[] of) => of[random.Next(of.Length)];

    /// <summary>A person's values, and the bytes that are hashed of each.</summary>
    internal sealed record Person(string[] Values, byte[][] Sent);
}
