using Bunit;
using OnboardingPortal.App.Features.Settings;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Layout;

public sealed class SettingsNavigationTests : PortalContext
{
    private static readonly string[] OfSubUsers = ["Facebook accounts", "Data sync accounts", "Profile", "Second factor", "Sessions"];

    [Fact]
    public void The_overview_and_the_navigation_lead_a_main_user_to_every_page_of_the_settings()
    {
        var places = PortalPlaces.Settings.SelectMany(group => group.Places).Concat(PortalPlaces.Account).Select(place => place.Address)
            .ToList();

        Assert.Equal(places, Overview(Owner).FindAll("li a").Select(a => a.GetAttribute("href")));
        Assert.Equal(places, RenderFor<SettingsNavigation>(Owner).FindAll("nav a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Each_page_is_told_about_in_a_line_of_its_own()
    {
        var lines = Overview(Owner).FindAll("li").Select(l => l.TextContent).ToList();

        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.DoesNotContain(lines, line => line.Contains("About", StringComparison.Ordinal)); // a key without words
    }

    [Fact]
    public void A_sub_user_sees_only_what_they_may_open()
    {
        Assert.Equal(OfSubUsers, Overview(Member).FindAll("li a").Select(a => a.TextContent));
        Assert.Equal(OfSubUsers, RenderFor<SettingsNavigation>(Member).FindAll("nav a").Select(a => a.TextContent));
    }

    private IRenderedComponent<SettingsPage> Overview(AgencyCaller user) => RenderFor<SettingsPage>(user);
}
