using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>The people that the sandbox makes up.</summary>
public sealed class SandboxContactsTests
{
    private const int Many = 20_000;
    private static readonly ulong Seed = SandboxContacts.SeedOf("mailchimp/all-well");

    // Latin with marks, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Kana, Han, Hangul.
    private static readonly (char First, char Last)[] Scripts =
    [
        ('\u00C0', '\u024F'), ('\u0370', '\u03FF'), ('\u0400', '\u04FF'), ('\u0590', '\u05FF'), ('\u0600', '\u06FF'),
        ('\u0900', '\u097F'), ('\u0E00', '\u0E7F'), ('\u3040', '\u30FF'), ('\u4E00', '\u9FFF'), ('\uAC00', '\uD7AF'),
    ];

    public static TheoryData<int> Sizes => [1, 5, 12, 250, 999, 1000, 1001, 5000, 12_345];

    [Fact]
    public void A_contact_is_the_same_each_time_and_another_accounts_is_not()
    {
        Assert.Equal(SandboxContacts.Of(Seed, 4711, false), SandboxContacts.Of(Seed, 4711, false));
        Assert.NotEqual(
            SandboxContacts.Of(Seed, 4711, false).Address,
            SandboxContacts.Of(SandboxContacts.SeedOf("mailchimp/second-account"), 4711, false).Address);
    }

    [Fact]
    public void They_are_of_all_scripts_with_opt_outs_duplicates_and_bad_cells()
    {
        var people = AList(Many).From(0).ToList();

        Assert.Equal(Many, people.Select(p => p.Address).Distinct().Count());
        Assert.All(people, p => Assert.Contains("@example.", p.Address, StringComparison.Ordinal));
        Assert.InRange(people.Count(p => p.IsOptedOut) / (double)Many, 0.025, 0.035);
        var doubled = people.Count(p => p.Email.Contains('@') && !p.Email.Trim().Equals(p.Address, StringComparison.OrdinalIgnoreCase));
        Assert.InRange(doubled / (double)Many, 0.007, 0.013);
        Assert.InRange(
            people.Count(p => p.City == "#N/A" || p.Phone == "please ask" || p.PostalCode == "-" || !p.Email.Contains('@')) / (double)Many,
            0.008, 0.016);
        var letters = string.Concat(people.Take(500).Select(p => p.FirstName + p.LastName + p.City));
        foreach (var (first, last) in Scripts) Assert.Contains(letters, letter => letter >= first && letter <= last);
        Assert.Contains(people, p => p.Email.Any(char.IsUpper));
        Assert.Contains(people, p => p.City.EndsWith('\u00A0'));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Any_place_of_a_list_is_found_at_once_before_and_after_a_change(int size)
    {
        foreach (var list in new[] { AList(size), AList(size) with { IsLater = true } })
        {
            var numbers = list.From(0).Select(p => p.Number).ToList();

            Assert.Equal(list.Count, numbers.Count);
            Assert.Equal(Enumerable.Range(1, size + 100).Where(list.Has), numbers);
            foreach (var place in new[] { 0, 1, numbers.Count / 2, numbers.Count - 1, numbers.Count })
            {
                Assert.Equal(numbers.Skip(place), list.From(place).Select(p => p.Number));
                Assert.Equal(numbers.Where(n => n > place), list.NumbersAfter(place));
            }
        }
    }

    [Fact]
    public void One_in_a_hundred_changes()
    {
        var (before, after) = (AList(Many), AList(Many) with { IsLater = true });
        var (old, now) = (before.From(0).ToDictionary(p => p.Number), after.From(0).ToDictionary(p => p.Number));
        var stayed = old.Keys.Where(now.ContainsKey).ToList();

        Assert.InRange(now.Count - stayed.Count, (Many * 5 / 1000) - 1, Many * 5 / 1000);
        Assert.Equal(Many * 3 / 1000, old.Count - stayed.Count);
        Assert.Equal(Many * 2 / 1000, stayed.Count(n => old[n].City != now[n].City || old[n].Phone != now[n].Phone));
        Assert.InRange(stayed.Count(n => now[n].IsOptedOut && !old[n].IsOptedOut), Many / 2000, Many / 1000);
        Assert.All(
            stayed.Where(n => old[n] with { ChangedAt = now[n].ChangedAt } != now[n]),
            n => Assert.True(now[n].ChangedAt > old[n].ChangedAt));
    }

    [Fact]
    public void A_list_of_any_size_is_asked_for_by_its_key_or_its_number()
    {
        var list = SandboxContactList.OfSize(1_000_000, Seed, false);

        Assert.Equal(("big-1000000", 1_000_000), (list.Key, list.Count));
        Assert.Equal(1_000_000, SandboxContactList.SizeOf(list.Key));
        Assert.Equal(1_000_000, SandboxContactList.SizeOf(list.Number));
        Assert.Equal(999_998, list.From(999_997).First().Number);
        Assert.Null(SandboxContactList.SizeOf("big-0"));
        Assert.Null(SandboxContactList.SizeOf("big-1000000000"));
        Assert.Null(SandboxContactList.SizeOf(3));
    }

    private static SandboxContactList AList(int size) => new(1, "Newsletter", size, Seed, IsLater: false);
}
