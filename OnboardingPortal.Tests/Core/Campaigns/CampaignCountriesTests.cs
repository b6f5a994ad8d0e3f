using System.Globalization;
using OnboardingPortal.Core.Campaigns;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>The countries that a campaign can be shown in.</summary>
public sealed class CampaignCountriesTests
{
    [Theory]
    [InlineData("en", "US", "United States")]
    [InlineData("de", "DE", "Deutschland")]
    [InlineData("de", "JP", "Japan")]
    [InlineData("en", "CN", "China")]
    public void Each_has_a_name_in_the_running_language(string language, string code, string name)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(name, Countries.NameOf(code));
        Assert.InRange(CampaignCountries.All.Count, 200, 249);
        Assert.All(CampaignCountries.All, other => Assert.True(Countries.NameOf(other).Length > 2, other));
    }

    [Fact]
    public void Where_Facebook_advertises_nowhere_is_left_out() => Assert.DoesNotContain("KP", CampaignCountries.All);
}
