using System.Globalization;
using System.Xml.Linq;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Architecture;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.DataSync;

/// <summary>Every problem of a sync has a sentence, somebody who acts and a way out; every reason and state has its words.</summary>
public sealed class SyncWordsTests : PortalContext
{
    private static readonly HashSet<string> Keys = [.. XDocument.Load(Repository.Files("SyncText.resx").Single()).Root!.Elements("data")
        .Select(d => d.Attribute("name")!.Value)];

    [Fact]
    public void Every_problem_has_its_sentence_who_acts_what_to_do_and_a_button()
    {
        foreach (var problem in Enum.GetValues<SyncProblem>())
        {
            var cure = SyncCures.Of(problem);
            string[] words = [$"Problem{problem}", $"Do{problem}", $"Hand{cure.Hand}", $"Remedy{cure.Remedy}"];
            Assert.All(words, key => Assert.Contains(key, Keys));
            Assert.Equal(cure.Hand == SyncHand.Client, Keys.Contains($"Note{problem}")); // what the agency forwards
        }
    }

    [Fact]
    public void What_nobody_can_mend_waits_for_nobody() => Assert.Equal(
        Enum.GetValues<SyncProblem>().Where(p => SyncCures.Of(p).Hand == SyncHand.Nobody),
        SyncProblems.OfNobody.Select(p => p!.Value).Order());

    [Fact]
    public void No_words_are_for_a_problem_that_there_is_not() => Assert.Equal(
        Enum.GetNames<SyncProblem>().Order(StringComparer.Ordinal),
        Keys.Where(k => k.StartsWith("Problem", StringComparison.Ordinal)).Select(k => k["Problem".Length..])
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Everything_that_is_counted_or_chosen_has_a_name()
    {
        Assert.All(Enum.GetNames<SkipReason>(), reason => Assert.Contains($"Skip{reason}", Keys));
        Assert.All(Enum.GetNames<MatchKey>(), key => Assert.Contains($"Key{key}", Keys));
        Assert.All(Enum.GetNames<SyncInterval>(), every => Assert.Contains($"Every{every}", Keys));
        Assert.All(Enum.GetNames<SyncState>(), state => Assert.Contains($"State{state}", Keys));
        Assert.All(Enum.GetNames<SyncRunState>(), state => Assert.Contains($"Run{state}", Keys));
        Assert.All(Enum.GetNames<SyncRunKind>(), kind => Assert.Contains($"Kind{kind}", Keys));
        Assert.All(Enum.GetNames<ContactListKind>(), kind => Assert.Contains($"List{kind}", Keys));
        Assert.All(RunCells.Columns, column => Assert.Contains(column, Keys));
    }

    [Theory]
    [InlineData("en", "Would add 212, remove 9, leave out 31; 4,870 unchanged.", "28 without anything to be found by, 3 opted out")]
    [InlineData(
        "de", "Würde 212 hinzufügen, 9 entfernen, 31 auslassen; 4.870 unverändert.", "28 ohne etwas, woran man sie findet, 3 abgemeldet")]
    public void A_plan_is_told_in_a_sentence(string language, string summary, string people)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var text = Portal.Get<IStringLocalizer<SyncText>>();

        Assert.Equal(summary, text.Summary(SyncSamples.Plan));
        Assert.Equal(people, string.Join(", ", text.PeopleLeftOut(SyncSamples.Plan.Counts)));
    }

    [Theory]
    [InlineData(-5, "about a minute")]
    [InlineData(59, "about a minute")]
    [InlineData(61, "about 2 minutes")]
    [InlineData(89 * 60, "about 89 minutes")]
    [InlineData(2 * 3600, "about 2 hours")]
    public void Time_is_told_roughly(int seconds, string words) =>
        Assert.Equal(words, Portal.Get<IStringLocalizer<SyncText>>().Roughly(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_name_that_is_proposed_is_not_warned_of()
    {
        var text = Portal.Get<IStringLocalizer<SyncText>>();

        Assert.All(
            Portal.Get<PlatformCatalog>().All,
            platform => Assert.Null(SensitiveNames.WordIn(text.ProposedName(platform.Descriptor.Name, []))));
    }
}
