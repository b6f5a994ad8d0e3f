using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Matching;

public sealed class SensitiveNamesTests
{
    [Theory]
    [InlineData("Diabetes newsletter", "Diabetes")]
    [InlineData("Brustkrebs-Selbsthilfe 2026", "Brustkrebs")]
    [InlineData("Schuldnerberatung", "Schuldnerberatung")]
    [InlineData("Leads – ÜBERGEWICHT", "ÜBERGEWICHT")]
    [InlineData("Jewish community", "Jewish")]
    [InlineData("Katholische Jugend", "Katholische")]
    [InlineData("lgbtq_members", "lgbtq")]
    [InlineData("SPD Ortsverein", "SPD")]
    [InlineData("Payday customers", "Payday")]
    [InlineData("Flu\u0308chtlingshilfe", "Flu\u0308chtlingshilfe")]
    [InlineData("Patients (all)", "Patients")]
    public void A_name_that_the_platform_would_flag_is_warned_of_by_its_word(string name, string word) =>
        Assert.Equal(word, SensitiveNames.WordIn(name));

    [Theory]
    [InlineData("Newsletter")]
    [InlineData("Kunden 2026")]
    [InlineData("Christmas campaign")]
    [InlineData("Essex and Sussex")]
    [InlineData("Gesuchte Rezepte")]
    [InlineData("Spring sale")]
    [InlineData("Bäckerei: Stammkunden")]
    [InlineData("")]
    [InlineData("12345")]
    public void A_harmless_name_is_not_warned_of(string name) => Assert.Null(SensitiveNames.WordIn(name));

    [Fact]
    public void A_new_audience_is_proposed_a_name_that_says_nothing_and_is_free()
    {
        Assert.Equal("HubSpot list", SensitiveNames.Propose("HubSpot list", []));
        Assert.Equal("HubSpot list 3", SensitiveNames.Propose("HubSpot list", ["hubspot LIST", "HubSpot list 2", "Diabetes"]));
    }
}
